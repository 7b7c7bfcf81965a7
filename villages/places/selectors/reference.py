"""Reference data in use, and rows that nobody has checked for long."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from villages.places.models import (
    ActivityKind,
    Holiday,
    Hotline,
    LegalBasis,
    Letterhead,
    Numbering,
    Scheme,
    Signatory,
)

#: After this time a row should be checked again.
CHECK_VALID_FOR = timedelta(days=180)
SHOWN = 20
#: table -> the column with the last day on which a row matters
LAST_DAYS: dict[type[Any], str] = {
    Holiday: "day",
    LegalBasis: "in_force_to",
    Signatory: "ends_on",
}
_DAY = Func("day", Value("DD/MM/YYYY"), function="to_char", output_field=CharField())
#: table -> how a row of it is named in a list of all kinds
NAMES: dict[type[Any], Any] = {
    Hotline: F("name"),
    LegalBasis: F("name"),
    Scheme: F("name"),
    Holiday: Concat("name", Value(" · "), _DAY),
    ActivityKind: F("name"),
    Letterhead: F("office__short_name"),
    Numbering: Concat("pattern", Value(" · "), "office__short_name"),
    Signatory: Concat("name", Value(" · "), "office__short_name"),
}


class UncheckedRow(NamedTuple):
    """A row that should be checked again; `checked_on` is None when it never was."""

    table: type[Any]
    pk: int
    name: str
    checked_on: date | None


def hotlines() -> list[Hotline]:
    """Return the numbers to call, in their order."""
    return list(Hotline.objects.in_use())


def urgent_of(numbers: Sequence[Hotline]) -> list[Hotline]:
    """Return the emergency numbers, which the footer shows too."""
    return [one for one in numbers if one.is_urgent]


def laws_in_force() -> QuerySet[LegalBasis]:
    today = timezone.localdate()
    return LegalBasis.objects.in_use().filter(
        Q(in_force_from=None) | Q(in_force_from__lte=today),
        Q(in_force_to=None) | Q(in_force_to__gte=today),
    )


def long_unchecked() -> Q:
    """Return the filter for rows not checked within CHECK_VALID_FOR."""
    return Q(checked_on=None) | Q(checked_on__lt=timezone.localdate() - CHECK_VALID_FOR)


def longest_unchecked() -> tuple[list[UncheckedRow], int]:
    """Return the SHOWN rows unchecked for longest, and how many there are in all.

    One query.
    """
    first, *others = (_unchecked(table, number) for number, table in enumerate(NAMES))
    rows = list(first.union(*others, all=True))
    rows.sort(key=lambda row: (row[3] or date.min, row[0], row[2]))
    tables = list(NAMES)
    shown = [UncheckedRow(tables[row[0]], *row[1:]) for row in rows[:SHOWN]]
    return shown, len(rows)


def _unchecked(table: type[Any], number: int) -> QuerySet[Any, Any]:
    waiting = table.objects.in_use().filter(long_unchecked())
    if last_day := LAST_DAYS.get(table):
        waiting = waiting.exclude(**{f"{last_day}__lt": timezone.localdate()})
    rows: QuerySet[Any, Any] = waiting.order_by().annotate(table=Value(number))
    return rows.values_list("table", "pk", NAMES[table], "checked_on")
