"""One task on the home page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    """For components/tasks.html; `badge_style` as in the badge tag."""

    label: StrOrPromise
    url: str
    icon: str
    text: StrOrPromise = ""
    count: int | str | None = None
    badge_style: str = ""


def filtered(url_name: str, **narrowed_by: str) -> str:
    """Return the address of a list with its filters set."""
    address = reverse(url_name)
    return f"{address}?{urlencode(narrowed_by)}" if narrowed_by else address
