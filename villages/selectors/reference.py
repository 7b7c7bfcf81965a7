"""Reference rows as pages show them, and those that nobody checked for long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django_stubs_ext import StrOrPromise

from villages.models import (
    ActivityKind,
    Holiday,
    Hotline,
    LegalBasis,
    Letterhead,
    Numbering,
    Scheme,
    Signatory,
)

#: After so many days somebody should look again.
FRESH_FOR = timedelta(days=180)
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


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A row to look at again: what it is, since when nobody looked, and where."""

    kind: StrOrPromise
    name: str
    checked_on: date | None
    url: str


def hotlines() -> list[Hotline]:
    """The numbers to call, in their order."""
    return list(Hotline.objects.in_use())


def urgent_of(numbers: Sequence[Hotline]) -> list[Hotline]:
    """Those for danger at this moment: they stand at the foot of the page too."""
    return [one for one in numbers if one.is_urgent]


def laws_in_force() -> QuerySet[LegalBasis]:
    today = timezone.localdate()
    return LegalBasis.objects.in_use().filter(
        Q(in_force_from=None) | Q(in_force_from__lte=today),
        Q(in_force_to=None) | Q(in_force_to__gte=today),
    )


def long_unchecked() -> Q:
    """Rows that nobody held against their source for FRESH_FOR."""
    return Q(checked_on=None) | Q(checked_on__lt=timezone.localdate() - FRESH_FOR)


def unchecked_rows() -> tuple[list[Unchecked], int]:
    """The first SHOWN rows to look at again, the longest waiting first, and how many
    there are in all; one query.
    """
    first, *others = (_unchecked(table, number) for number, table in enumerate(NAMES))
    rows = list(first.union(*others, all=True))
    rows.sort(key=lambda row: (row[3] or date.min, row[0], row[2]))
    tables = list(NAMES)
    return [_told(tables[row[0]], *row[1:]) for row in rows[:SHOWN]], len(rows)


def _unchecked(table: type[Any], number: int) -> QuerySet[Any, Any]:
    waiting = table.objects.in_use().filter(long_unchecked())
    if last_day := LAST_DAYS.get(table):
        waiting = waiting.exclude(**{f"{last_day}__lt": timezone.localdate()})
    rows: QuerySet[Any, Any] = waiting.order_by().annotate(table=Value(number))
    return rows.values_list("table", "pk", NAMES[table], "checked_on")


def _told(table: type[Any], pk: int, name: str, checked_on: date | None) -> Unchecked:
    page = f"admin:{table._meta.app_label}_{table._meta.model_name}_change"
    return Unchecked(
        table._meta.verbose_name, name, checked_on, reverse(page, args=[pk])
    )
