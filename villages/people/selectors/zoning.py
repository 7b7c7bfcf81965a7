"""Villages and officers of one office's area."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, When
from django.db.models.functions import JSONObject, Substr

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.text.folding import folded
from villages.places.models import Office, Region
from villages.places.permissions import in_force, roles_for
from villages.places.selectors import office_meant
from villages.register.models import Assignment, Village
from villages.register.querysets import VillageQuerySet

#: statuses of villages that need an officer
IN_CARE = (Village.Status.PROPOSED, Village.Status.DESIGNATED)
DECREED_FIRST = Case(When(status=Village.Status.DESIGNATED, then=0), default=1)
DISTRICT_CODE = 8
COLUMNS = ("id", "region_id", "name", "district_name", "regency_name", "status")
#: limit of villages without an officer listed at the top; a filter shows all
ALONE_SHOWN = 12
#: limit of villages offered with a checkbox each
MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Zone:
    """Numbers of an office's area: villages, and those without an officer."""

    villages: int
    alone: int


@dataclass(frozen=True, slots=True)
class Officer:
    """A PIMPASA and the number of villages assigned to them in this area."""

    pk: int
    name: str
    username: str
    villages: int


@dataclass(frozen=True, slots=True)
class ZoningDistrict:
    code: str
    name: str
    regency: str
    villages: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Area:
    """One office's area as the user sees it, and the offices to choose from."""

    office: Office
    offices: Sequence[Office]
    villages: VillageQuerySet
    districts: Sequence[tuple[str, str]]


def area_of(user: Actor, capability: str, asked: str) -> Area | None:
    """Return the area of the office with the id `asked`, else of the first, if any."""
    offices = _fostering_offices(user, capability)
    if not offices:
        return None
    office = office_meant(offices, asked) or offices[0]
    return Area(
        office, offices, villages_in_care(user, office), districts_of(user, office)
    )


def _fostering_offices(user: Actor, capability: str) -> list[Office]:
    """Return offices with villages where `user` has the capability."""
    user_roles = roles_for(user)
    ids = {*user_roles.offices(capability), *user_roles.home_offices(capability)}
    fostering = Exists(Village.objects.filter(office=OuterRef("pk")))
    return list(
        Office.objects.filter(fostering, pk__in=ids).order_by(Folded("short_name"))
    )


def villages_in_care(user: Actor, office: Office) -> VillageQuerySet:
    """Return the visible villages of the office that need an officer."""
    return Village.objects.visible_to(user).filter(office=office, status__in=IN_CARE)


def zone_of(area: Area) -> Zone:
    """Count the villages of one area, in one query."""
    alone = Count("pk", filter=~Exists(_serving()))
    return Zone(**area.villages.aggregate(villages=Count("pk"), alone=alone))


def officers_of(user: Actor, office: Office) -> list[Officer]:
    """Return the officers of the visible villages, by name, with their numbers."""
    rows = (
        Assignment.objects.filter(
            in_force(),
            role=Role.PIMPASA,
            village__in=villages_in_care(user, office).values("pk"),
        )
        .values("user_id", "user__name", "user__username")
        .annotate(villages=Count("village"))
        .order_by(Folded("user__name"), "user_id")
    )
    return [
        Officer(
            row["user_id"], row["user__name"], row["user__username"], row["villages"]
        )
        for row in rows
    ]


def districts_of(user: Actor, office: Office) -> list[tuple[str, str]]:
    """Return code and name of the districts with visible villages of the office."""
    codes = villages_in_care(user, office).annotate(
        district=Substr("region_id", 1, DISTRICT_CODE)
    )
    rows = Region.objects.filter(code__in=codes.values("district"))
    return list(rows.order_by(Folded("name"), "code").values_list("code", "name"))


def offered_villages(villages: VillageQuerySet) -> tuple[list[Village], bool]:
    """Return villages to tick, without an officer first, and if there are more."""
    names = _serving().order_by(Folded("user__name"), "pk").values("user__name")
    rows = (
        villages.annotate(
            officer_names=ArraySubquery(names), has_officer=Exists(_serving())
        )
        .defer("search")
        .order_by("has_officer", "region_id")
    )
    found = list(rows[: MOST_OFFERED + 1])
    return found[:MOST_OFFERED], len(found) > MOST_OFFERED


def ticked(offered: Iterable[Village], code: str) -> list[str]:
    """Return the checkbox value of the village with this code, if offered."""
    return [str(village.pk) for village in offered if village.code == code]


# --- Rows --------------------------------------------------------------------


def zoning_rows(villages: VillageQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """Return the villages as values with `officers`, not ordered."""
    officers = _serving().values(
        officer=JSONObject(pk="user_id", name="user__name", since="starts_on")
    )
    rows: QuerySet[Any, dict[str, Any]] = villages.annotate(
        officers=ArraySubquery(officers.order_by(Folded("user__name"), "pk"))
    ).values(*COLUMNS, "officers")
    return rows


def zoning_file_rows(villages: VillageQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """Return the rows of the file: without an officer first, then designated ones."""
    rows = zoning_rows(villages).values(*COLUMNS, "officers", "office__short_name")
    return rows.order_by(Exists(_serving()), DECREED_FIRST, "region_id")


def in_district(villages: VillageQuerySet, code: str) -> VillageQuerySet:
    return villages.filter(region__code__startswith=f"{code}.")


def without_officer(villages: VillageQuerySet) -> VillageQuerySet:
    return villages.filter(~Exists(_serving()))


def served_by(villages: VillageQuerySet, officer: int) -> VillageQuerySet:
    return villages.filter(Exists(_serving().filter(user=officer)))


def first_without_officer(
    villages: VillageQuerySet, count: int = ALONE_SHOWN
) -> list[dict[str, Any]]:
    """Return the first villages without an officer, designated ones first."""
    alone = zoning_rows(without_officer(villages))
    rows = alone.order_by(DECREED_FIRST, "region_id")
    return list(rows[:count])


def by_district(rows: Iterable[dict[str, Any]]) -> list[ZoningDistrict]:
    """Group rows ordered by code into districts, without an officer first."""
    districts = []
    for code, group in groupby(rows, key=lambda row: row["region_id"][:DISTRICT_CODE]):
        villages = sorted(
            group, key=lambda row: (bool(row["officers"]), folded(row["name"]))
        )
        first = villages[0]
        districts.append(
            ZoningDistrict(
                code, first["district_name"], first["regency_name"], villages
            )
        )
    return districts


def _serving() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    )
