"""Reference data for the home page of an administrator, and regions to choose from."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from villages.places.models import Region
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


def region_label(region: Region) -> str:
    """Return "Bogor (36.04.13.2001) – desa, Tirtayasa, Kabupaten Serang".

    Names repeat, also across levels: code, level and the regions around it tell.
    """
    parent = region.parent
    around = [parent, parent.parent] if parent else []
    level = region.get_kind_display() or region.get_level_display()
    names = [str(level), *(one.name for one in around if one is not None)]
    return f"{region.name} ({region.code}) – {', '.join(names)}"
