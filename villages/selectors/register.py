"""The register of fostered villages: rows as plain values, and what narrows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
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
from villages.standing import in_force, standing_of
from villages.workflow import VILLAGE_TONES

COLUMNS = (
    "id",
    "region_id",
    "name",
    "district_name",
    "regency_name",
    "status",
    "office__short_name",
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the register's filters offer to this user; pairs of value and name."""

    offices: list[tuple[str, str]] = field(default_factory=list)
    regencies: list[tuple[str, str]] = field(default_factory=list)


def register_rows(user: Actor) -> QuerySet[Any, dict[str, Any]]:
    """The villages in sight as values, with officers and latest decree; one query."""
    rows: QuerySet[Any, dict[str, Any]] = (
        Village.objects.visible_to(user)
        .annotate(
            officers=ArraySubquery(_pimpasa_of_row().values("user__name")),
            decree=Subquery(_decree_of_row()),
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


def dressed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with state in words, its tone, and the decree's date as a day."""
    return [
        row
        | {
            "state": Village.Status(row["status"]).label,
            "tone": VILLAGE_TONES[Village.Status(row["status"])],
            "decree_date": parse_date(row["decree"]["date"]) if row["decree"] else None,
        }
        for row in rows
    ]


def register_choices(user: Actor) -> Choices:
    """Offices and regencies in this user's care; one query, none for a single post."""
    offices = standing_of(user).offices("village.view")
    choices = Choices()
    if not offices:
        return choices
    lists = {"office": choices.offices, "regency": choices.regencies}
    rows = _office_choices(offices).union(_regency_choices(offices))
    for kind, value, name in rows.order_by("short_name"):
        lists[kind].append((value, name))
    return choices


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


def _decree_of_row() -> QuerySet[Any, Any]:
    return (
        Designation.objects.filter(village=OuterRef("pk"))
        .order_by("-decree_date", "-pk")
        .values(decree=JSONObject(number="decree_number", date="decree_date"))[:1]
    )
