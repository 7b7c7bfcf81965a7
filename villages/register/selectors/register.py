"""The register of fostered villages: rows as plain values, and its filters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, JSONObject, Left

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.folding import folded
from villages.places.models import Office, Region, ServiceArea
from villages.places.permissions import in_force, roles_for
from villages.register.models import Assignment, Designation, Proposal, Village
from villages.register.selectors.counts import known_on

COLUMNS = (
    "id",
    "region_id",
    "name",
    "name_folded",
    "district_name",
    "district_folded",
    "regency_name",
    "region__kind",
    "status",
    "office__short_name",
)
DECREE = JSONObject(number="decree_number", date="decree_date", verb="verb")
STATED = JSONObject(number="stated_number", date="stated_date")


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of the register's filters for one user: pairs of value and name."""

    offices: list[tuple[str, str]] = field(default_factory=list)
    regencies: list[tuple[str, str]] = field(default_factory=list)


def register_rows(
    user: Actor, day: date | None = None
) -> QuerySet[Any, dict[str, Any]]:
    """Return the visible villages as values, with officers and latest decree.

    `stated` is the decree that a list named for the proposal, not yet confirmed.
    One query. With `day`, the villages known by then and the decree of that day.
    """
    villages = Village.objects.visible_to(user)
    rows: QuerySet[Any, dict[str, Any]] = (
        (villages if day is None else known_on(villages, day))
        .annotate(
            officers=ArraySubquery(_pimpasa_of_row().values("user__name")),
            decree=Subquery(decrees_of_row(day).values(data=DECREE)[:1]),
            stated=Subquery(_stated_of_row(user).values(data=STATED)[:1]),
        )
        .values(*COLUMNS, "officers", "decree", "stated")
    )
    return rows


def with_pimpasa(rows: QuerySet[Any, Any], present: bool) -> QuerySet[Any, Any]:
    has_pimpasa = Exists(_pimpasa_of_row())
    return rows.filter(has_pimpasa if present else ~has_pimpasa)


def register_choices(user: Actor) -> Choices:
    """Return the offices and regencies open to this user; one query."""
    offices = roles_for(user).offices("village.view")
    choices = Choices()
    if not offices:
        return _choices_of_villages(user)
    lists = {"office": choices.offices, "regency": choices.regencies}
    rows = _office_choices(offices).union(_regency_choices(offices))
    for kind, value, name in sorted(rows, key=lambda row: folded(row[2])):
        lists[kind].append((value, name))
    return choices


def _choices_of_villages(user: Actor) -> Choices:
    """Return the offices and regencies of single villages."""
    rows = list(
        Village.objects.visible_to(user).values_list(
            "office_id", "office__short_name", "regency_id", "regency_name"
        )
    )
    return Choices(
        _by_name((str(pk), name) for pk, name, _code, _regency in rows),
        _by_name((code, regency) for _pk, _name, code, regency in rows),
    )


def _by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(set(choices), key=lambda choice: (folded(choice[1]), choice[0]))


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


def _stated_of_row(user: Actor) -> QuerySet[Proposal]:
    """Return the proposal with a stated decree, where the user sees the office."""
    readable = Village.objects.open_for(user, "office.view")
    return Proposal.objects.with_stated_decree().filter(
        village=OuterRef("pk"), village__in=readable
    )


def _pimpasa_of_row() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    ).order_by("starts_on", "pk")


def decrees_of_row(day: date | None) -> QuerySet[Designation]:
    """Return the decrees of each row's village up to that day, the latest first."""
    rows = Designation.objects.filter(village=OuterRef("pk"))
    if day is not None:
        rows = rows.filter(decree_date__lte=day)
    return rows.order_by("-decree_date", "-pk")
