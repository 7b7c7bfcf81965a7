"""Queries that compute the roll-ups of the map from the villages."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Floor
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.portal import grid
from desabinaan.portal.models import VillageCoverage
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_before
from villages.outreach.models import OutreachVillage
from villages.places.permissions import in_force
from villages.register.models import Assignment, Village

#: a visit counts for so long
VISITED = timedelta(days=90)

KIND = ("office_id", "regency_id", "status", "has_officer")
VILLAGE = (
    "village_id",
    *KIND,
    "villages",
    "visited",
    "reported",
    "owed",
    "x",
    "y",
    "last_visited_on",
)
REGENCY = (
    *KIND,
    *("villages", "visited", "reported", "owed", "located"),
    *("left", "top", "right", "bottom"),
)
CELL = (
    *KIND,
    *("zoom", "x", "y"),
    *("villages", "visited", "reported", "owed", "x_sum", "y_sum", "village_id"),
)


def village_rows() -> QuerySet[Any, Any]:
    """Return every village as VILLAGE, as of today, without dropped proposals."""
    today = timezone.localdate()
    visits = OutreachVillage.objects.filter(
        village=OuterRef("pk"), held_on__isnull=False
    ).order_by("-held_on")
    owed = ReportSlot.objects.owed_in(month_before(today)).filter(
        village=OuterRef("pk")
    )
    officer = Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    )
    registered = Village.objects.exclude(status=Village.Status.DROPPED)
    rows: QuerySet[Any, Any] = registered.annotate(
        village_id=F("pk"),
        has_officer=Exists(officer),
        villages=Value(1),
        visited=_flag(visits.filter(held_on__gte=today - VISITED)),
        reported=_flag(owed.sent()),
        owed=_flag(owed),
        x=_units(F("longitude") + 180),
        y=_units(90 - F("latitude")),
        last_visited_on=Subquery(visits.values("held_on")[:1]),
    ).values(*VILLAGE)
    return rows


def regency_rows() -> QuerySet[Any, Any]:
    """Return the villages grouped by regency, as REGENCY."""
    rows: QuerySet[Any, Any] = VillageCoverage.objects.values(*KIND).annotate(
        *(Sum(name) for name in ("villages", "visited", "reported", "owed")),
        *(Count("x"), Min("x"), Min("y"), Max("x"), Max("y")),
    )
    return rows


def cell_rows(zoom: int) -> QuerySet[Any, Any]:
    """Return the located villages grouped by the cells of that zoom, as CELL."""
    bits = grid.shift(zoom)
    rows: QuerySet[Any, Any] = (
        VillageCoverage.objects.exclude(x=None)
        .annotate(
            zoom=Value(zoom),
            column=F("x").bitrightshift(bits),
            row=F("y").bitrightshift(bits),
        )
        .values(*KIND, "zoom", "column", "row")
        .annotate(
            *(Sum(name) for name in ("villages", "visited", "reported", "owed")),
            *(Sum("x"), Sum("y"), Min("village_id")),
        )
    )
    return rows


def _flag(rows: QuerySet[Any, Any]) -> Cast:
    return Cast(Exists(rows), IntegerField())


def _units(degrees: Any) -> Cast:
    return Cast(Floor(degrees * grid.UNITS / grid.DEGREES), IntegerField())
