"""One line of "what waits for me"."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    """For components/tasks.html; `tone` as in the badge tag."""

    label: StrOrPromise
    url: str
    icon: str
    text: StrOrPromise = ""
    count: int | str | None = None
    tone: str = ""


def filtered(url_name: str, **narrowed_by: str) -> str:
    """The address of a list, with its filters set."""
    address = reverse(url_name)
    return f"{address}?{urlencode(narrowed_by)}" if narrowed_by else address
