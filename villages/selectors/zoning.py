"""Who serves where in one office's area: villages by district, and the officers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, When
from django.db.models.functions import JSONObject, Substr
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from villages.models import Assignment, Office, Region, Village
from villages.querysets import VillageQuerySet
from villages.standing import in_force, standing_of
from villages.workflow import VILLAGE_TONES

#: Villages that somebody should look after; the inactive and the revoked need nobody.
IN_CARE = (Village.Status.PROPOSED, Village.Status.DESIGNATED)
DECREED_FIRST = Case(When(status=Village.Status.DESIGNATED, then=0), default=1)
DISTRICT_CODE = 8
COLUMNS = ("id", "region_id", "name", "district_name", "regency_name", "status")
#: So many villages without an officer are named on top; a filter shows them all.
ALONE_SHOWN = 12
#: So many are offered with a box each; the others by their district, or typed.
MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Zone:
    """An office's area in figures: villages in care, and those without an officer."""

    villages: int
    alone: int


@dataclass(frozen=True, slots=True)
class Officer:
    """A PIMPASA and the number of this area's villages in his or her care today."""

    pk: int
    name: str
    username: str
    villages: int


@dataclass(frozen=True, slots=True)
class District:
    code: str
    name: str
    regency: str
    villages: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Area:
    """One office's area as `user` sees it, and the offices to choose from."""

    office: Office
    offices: Sequence[Office]
    villages: VillageQuerySet
    districts: Sequence[tuple[str, str]]


def area_of(user: Actor, capability: str, asked: str) -> Area | None:
    """The area of the office with the id `asked`, or of the first; None without any."""
    offices = _fostering_offices(user, capability)
    if not offices:
        return None
    chosen = {str(office.pk): office for office in offices}
    office = chosen.get(asked, offices[0])
    return Area(
        office, offices, villages_in_care(user, office), districts_of(user, office)
    )


def _fostering_offices(user: Actor, capability: str) -> list[Office]:
    """Offices with villages where `user` may do this: in care, or a PIMPASA's own."""
    standing = standing_of(user)
    ids = {*standing.offices(capability), *standing.home_offices(capability)}
    fostering = Exists(Village.objects.filter(office=OuterRef("pk")))
    return list(Office.objects.filter(fostering, pk__in=ids).order_by("short_name"))


def villages_in_care(user: Actor, office: Office) -> VillageQuerySet:
    """The villages of the office that are in sight and should have an officer."""
    return Village.objects.visible_to(user).filter(office=office, status__in=IN_CARE)


def zone_of(area: Area) -> Zone:
    """Counted in one query over the villages of one office."""
    alone = Count("pk", filter=~Exists(_serving()))
    return Zone(**area.villages.aggregate(villages=Count("pk"), alone=alone))


def officers_of(user: Actor, office: Office) -> list[Officer]:
    """The PIMPASA of the office's villages in sight, by name, with their load."""
    rows = (
        Assignment.objects.filter(
            in_force(),
            role=Role.PIMPASA,
            village__in=villages_in_care(user, office).values("pk"),
        )
        .values("user_id", "user__name", "user__username")
        .annotate(villages=Count("village"))
        .order_by("user__name", "user_id")
    )
    return [
        Officer(
            row["user_id"], row["user__name"], row["user__username"], row["villages"]
        )
        for row in rows
    ]


def districts_of(user: Actor, office: Office) -> list[tuple[str, str]]:
    """Code and name of the districts in which the office has villages in sight."""
    codes = villages_in_care(user, office).annotate(
        district=Substr("region_id", 1, DISTRICT_CODE)
    )
    rows = Region.objects.filter(code__in=codes.values("district"))
    return list(rows.order_by("name", "code").values_list("code", "name"))


def offered_villages(villages: VillageQuerySet) -> tuple[list[Village], bool]:
    """Villages to tick for a letter, those alone first, and whether there are more."""
    names = _serving().order_by("user__name", "pk").values("user__name")
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
    """The box of the village with this code, as a link to the form may name it."""
    return [str(village.pk) for village in offered if village.code == code]


# --- Rows --------------------------------------------------------------------


def zoning_rows(villages: VillageQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """The villages as values with `officers`; to be ordered and cut."""
    officers = _serving().values(
        told=JSONObject(pk="user_id", name="user__name", since="starts_on")
    )
    rows: QuerySet[Any, dict[str, Any]] = villages.annotate(
        officers=ArraySubquery(officers.order_by("user__name", "pk"))
    ).values(*COLUMNS, "officers")
    return rows


def zoning_file_rows(villages: VillageQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """The same for the file: those that nobody serves first, with a decree before
    those without, then by code.
    """
    rows = zoning_rows(villages).values(*COLUMNS, "officers", "office__short_name")
    return rows.order_by(Exists(_serving()), DECREED_FIRST, "region_id")


def zoning_sorts() -> dict[str, Sort]:
    return {"kode": Sort(Order("region_id"), _("District"))}


def in_district(villages: VillageQuerySet, code: str) -> VillageQuerySet:
    return villages.filter(region__code__startswith=f"{code}.")


def without_officer(villages: VillageQuerySet) -> VillageQuerySet:
    return villages.filter(~Exists(_serving()))


def served_by(villages: VillageQuerySet, officer: int) -> VillageQuerySet:
    return villages.filter(Exists(_serving().filter(user=officer)))


def first_without_officer(
    villages: VillageQuerySet, count: int = ALONE_SHOWN
) -> list[dict[str, Any]]:
    """The first villages that nobody serves, those with a decree before the others."""
    alone = zoning_rows(without_officer(villages))
    rows = alone.order_by(DECREED_FIRST, "region_id")
    return dressed_zone(rows[:count])


def dressed_zone(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        | {
            "state": Village.Status(row["status"]).label,
            "tone": VILLAGE_TONES[Village.Status(row["status"])],
            "is_proposed": row["status"] == Village.Status.PROPOSED,
        }
        for row in rows
    ]


def by_district(rows: Iterable[dict[str, Any]]) -> list[District]:
    """Rows in the order of their codes, cut into districts; those alone come first."""
    districts = []
    for code, group in groupby(rows, key=lambda row: row["region_id"][:DISTRICT_CODE]):
        villages = sorted(group, key=lambda row: (bool(row["officers"]), row["name"]))
        first = villages[0]
        districts.append(
            District(code, first["district_name"], first["regency_name"], villages)
        )
    return districts


def _serving() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    )
