"""Reference rows: defaults are loaded, rows are checked, numbers are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from villages.models import Numbering, Office
from villages.reference_files import (
    TABLES,
    ShippedRow,
    fingerprint,
    shipped_rows,
    told_fields,
)


@dataclass(frozen=True, slots=True)
class LoadResult:
    """How many rows came new, followed a newer default, and were let be."""

    added: int
    renewed: int
    kept: int


@transaction.atomic
def load_reference() -> LoadResult:
    """The defaults stand in their tables; whatever somebody edited stays as it is."""
    outcomes = [
        _loaded(table, row, standing.get(row.code))
        for name, table in TABLES.items()
        for standing in [_standing(table)]
        for row in shipped_rows(name)
    ]
    return LoadResult(*map(outcomes.count, ("added", "renewed", "kept")))


@transaction.atomic
def mark_checked(table: type[Any], row_ids: Iterable[int], *, acting_user: User) -> int:
    """These rows were held against their source today; answers how many."""
    right = f"{table._meta.app_label}.change_{table._meta.model_name}"
    if not acting_user.has_perm(right):
        raise PermissionDenied(right)
    rows = table.objects.filter(pk__in=list(row_ids))
    checked: int = rows.update(checked_on=timezone.localdate(), checked_by=acting_user)
    return checked


@transaction.atomic
def take_number(office: Office, kind: str, day: date) -> str:
    """The next number of the office for this kind of paper, as it is written.

    It is given once: whoever asks at the same moment waits and gets the one after.
    Who may issue the paper is asked by the caller.
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
    begins_anew = row.restarts_yearly and row.year not in (None, day.year)
    row.last_number = 1 if begins_anew else row.last_number + 1
    row.year = day.year
    row.save(update_fields=["last_number", "year"])
    given: str = row.written(row.last_number, day)
    return given


# --- Inside ------------------------------------------------------------------


def _standing(table: type[Any]) -> dict[str, Any]:
    rows = table.objects.select_for_update(of=("self",))
    return {row.code: row for row in rows}


def _loaded(table: type[Any], row: ShippedRow, standing: Any | None) -> str:
    mark = fingerprint(row.values)
    if standing is None:
        table.objects.create(**row.values, checked_on=row.checked_on, shipped=mark)
        return "added"
    if standing.shipped == mark or _was_edited(standing):
        return "kept"
    for name, value in row.values.items():
        setattr(standing, name, value)
    standing.shipped = mark
    standing.checked_on, standing.checked_by = row.checked_on, None
    standing.save(update_fields=[*row.values, "shipped", "checked_on", "checked_by"])
    return "renewed"


def _was_edited(standing: Any) -> bool:
    """Made by hand, or no longer as it was loaded."""
    told = {
        one.name: getattr(standing, one.name) for one in told_fields(type(standing))
    }
    return bool(standing.shipped != fingerprint(told))
