"""The register of fostered villages: rows as plain values, and what narrows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, JSONObject, Left
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from villages.models import (
    Assignment,
    Designation,
    Office,
    Region,
    ServiceArea,
    Village,
)
from villages.selectors.counts import known_on, state_by
from villages.standing import in_force, standing_of
from villages.workflow import VILLAGE_TONES

COLUMNS = (
    "id",
    "region_id",
    "name",
    "district_name",
    "regency_name",
    "region__kind",
    "status",
    "office__short_name",
)
DECREE = JSONObject(number="decree_number", date="decree_date", verb="verb")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the register's filters offer to this user; pairs of value and name."""

    offices: list[tuple[str, str]] = field(default_factory=list)
    regencies: list[tuple[str, str]] = field(default_factory=list)


def register_rows(
    user: Actor, day: date | None = None
) -> QuerySet[Any, dict[str, Any]]:
    """The villages in sight as values, with officers and latest decree; one query.

    With `day`, those known by then, with the decree that held on it.
    """
    villages = Village.objects.visible_to(user)
    rows: QuerySet[Any, dict[str, Any]] = (
        (villages if day is None else known_on(villages, day))
        .annotate(
            officers=ArraySubquery(_pimpasa_of_row().values("user__name")),
            decree=Subquery(decrees_of_row(day).values(told=DECREE)[:1]),
        )
        .values(*COLUMNS, "officers", "decree")
    )
    return rows


def register_sorts() -> dict[str, Sort]:
    """The columns with an index of their own."""
    return {
        "nama": Sort(Order("name"), _("Village")),
        "kecamatan": Sort(Order("district_name"), _("District")),
    }


def with_pimpasa(rows: QuerySet[Any, Any], present: bool) -> QuerySet[Any, Any]:
    here = Exists(_pimpasa_of_row())
    return rows.filter(here if present else ~here)


def dressed(
    rows: Iterable[dict[str, Any]], day: date | None = None
) -> list[dict[str, Any]]:
    """The rows with kind and state in words, its tone, and the decree's date as a day.

    With `day`, the state is the one of that day.
    """
    return [_dressed(row, day) for row in rows]


def _dressed(row: dict[str, Any], day: date | None) -> dict[str, Any]:
    status = row["status"] if day is None else state_by(row["decree"])
    state = Village.Status(status)
    return row | {
        "kind": Region.Kind(row["region__kind"]).label if row["region__kind"] else "",
        "state": state.label,
        "tone": VILLAGE_TONES[state],
        "decree_date": parse_date(row["decree"]["date"]) if row["decree"] else None,
    }


def register_choices(user: Actor) -> Choices:
    """Offices and regencies in this user's care; one query."""
    offices = standing_of(user).offices("village.view")
    choices = Choices()
    if not offices:
        return _choices_of_villages(user)
    lists = {"office": choices.offices, "regency": choices.regencies}
    rows = _office_choices(offices).union(_regency_choices(offices))
    for kind, value, name in rows.order_by("short_name"):
        lists[kind].append((value, name))
    return choices


def _choices_of_villages(user: Actor) -> Choices:
    """For those who serve single villages: where these lie."""
    rows = list(
        Village.objects.visible_to(user).values_list(
            "office_id", "office__short_name", "regency_id", "regency_name"
        )
    )
    return Choices(
        sorted({(str(pk), name) for pk, name, _code, _regency in rows}),
        sorted({(code, regency) for _pk, _name, code, regency in rows}),
    )


def _office_choices(offices: list[int]) -> QuerySet[Any, Any]:
    return (
        Office.objects.filter(pk__in=offices)
        .exclude(service_areas=None)
        .order_by()
        .values_list(
            Value("office", CharField()), Cast("pk", CharField()), "short_name"
        )
    )


def _regency_choices(offices: list[int]) -> QuerySet[Any, Any]:
    areas = ServiceArea.objects.filter(office__in=offices)
    within = areas.annotate(regency=Left("region_id", 5)).filter(
        regency=OuterRef("code")
    )
    around = areas.filter(region=OuterRef("parent"))
    return (
        Region.objects.filter(
            Q(Exists(within)) | Q(Exists(around)), level=Region.Level.REGENCY
        )
        .order_by()
        .values_list(Value("regency", CharField()), "code", "name")
    )


def _pimpasa_of_row() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    ).order_by("starts_on", "pk")


def decrees_of_row(day: date | None) -> QuerySet[Designation]:
    """The decrees of each row's village up to that day, the latest first."""
    rows = Designation.objects.filter(village=OuterRef("pk"))
    if day is not None:
        rows = rows.filter(decree_date__lte=day)
    return rows.order_by("-decree_date", "-pk")
