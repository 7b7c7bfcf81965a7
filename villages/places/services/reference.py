"""Loading and checking reference data, and giving out numbers of papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from villages.places.models import Numbering, Office
from villages.places.reference_files import (
    TABLES,
    BundledRow,
    bundled_rows,
    fields_with_defaults,
    fingerprint,
)


@dataclass(frozen=True, slots=True)
class LoadResult:
    """How many rows were added, renewed by a newer default, or left unchanged."""

    added: int
    renewed: int
    unchanged: int


@transaction.atomic
def load_reference() -> LoadResult:
    """Load the bundled defaults; rows that somebody edited stay as they are."""
    outcomes = []
    for name, table in TABLES.items():
        current = {
            row.code: row
            for row in table._default_manager.select_for_update(of=("self",))
        }
        outcomes += [
            _loaded(table, row, current.get(row.code)) for row in bundled_rows(name)
        ]
    return LoadResult(*map(outcomes.count, ("added", "renewed", "kept")))


@transaction.atomic
def mark_checked(table: type[Any], row_ids: Iterable[int], *, acting_user: User) -> int:
    """Mark rows as checked against their source today; return how many."""
    right = f"{table._meta.app_label}.change_{table._meta.model_name}"
    if not acting_user.has_perm(right):
        raise PermissionDenied(right)
    rows = table.objects.filter(pk__in=list(row_ids))
    checked: int = rows.update(checked_on=timezone.localdate(), checked_by=acting_user)
    return checked


@transaction.atomic
def take_number(office: Office, kind: str, day: date) -> str:
    """Return the office's next number for this kind of paper, as it is written.

    A number is given once: concurrent callers wait for the lock. The caller checks
    who may issue the paper.
    """
    row = (
        Numbering.objects.select_for_update(of=("self",))
        .filter(office=office, kind=kind, is_active=True)
        .first()
    )
    if row is None:
        raise ValidationError(
            _("%(office)s has no numbering for this kind of paper yet.")
            % {"office": office}
        )
    if row.restarts_yearly and row.year is not None and day.year < row.year:
        raise ValidationError(
            _("Numbers of %(year)s are closed: a later year has begun.")
            % {"year": day.year}
        )
    restarts_each_year = row.restarts_yearly and row.year not in (None, day.year)
    row.last_number = 1 if restarts_each_year else row.last_number + 1
    row.year = day.year
    row.save(update_fields=["last_number", "year"])
    given: str = row.written(row.last_number, day)
    return given


# --- Inside ------------------------------------------------------------------


def _loaded(table: type[Any], row: BundledRow, current: Any | None) -> str:
    mark = fingerprint(row.values)
    if current is None:
        table.objects.create(**row.values, checked_on=row.checked_on, default_hash=mark)
        return "added"
    if current.default_hash == mark or _was_edited(current):
        return "kept"
    for name, value in row.values.items():
        setattr(current, name, value)
    current.default_hash = mark
    current.checked_on, current.checked_by = row.checked_on, None
    current.save(
        update_fields=[*row.values, "default_hash", "checked_on", "checked_by"]
    )
    return "renewed"


def _was_edited(current: Any) -> bool:
    """Whether the row was made by hand, or changed since it was loaded."""
    values = {
        one.name: getattr(current, one.name)
        for one in fields_with_defaults(type(current))
    }
    return bool(current.default_hash != fingerprint(values))
