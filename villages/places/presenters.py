"""Reference data for the home page of an administrator."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from villages.places.selectors.reference import UncheckedRow, longest_unchecked


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A row to check again: its kind and name, its last check, and its admin page."""

    kind: StrOrPromise
    name: str
    checked_on: date | None
    url: str


def unchecked_rows() -> tuple[list[Unchecked], int]:
    """Return the rows unchecked for longest, and how many there are in all."""
    rows, in_all = longest_unchecked()
    return [_with_link(row) for row in rows], in_all


def _with_link(row: UncheckedRow) -> Unchecked:
    options = row.table._meta
    page = f"admin:{options.app_label}_{options.model_name}_change"
    url = reverse(page, args=[row.pk])
    return Unchecked(options.verbose_name, row.name, row.checked_on, url)
