"""What the roll-ups of the map have to hold, as queries over the rows themselves."""

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
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_before
from reports.monthly.querysets import SENT
from reports.recap import grid
from reports.recap.models import VillageCoverage
from villages.models import Assignment, OutreachVillage, Village
from villages.standing import in_force

#: a visit counts for so long
VISITED = timedelta(days=90)

KIND = ("office_id", "regency_id", "status", "has_officer")
VILLAGE = (
    "village_id",
    *KIND,
    "villages",
    "visited",
    "reported",
    "x",
    "y",
    "last_visited_on",
)
REGENCY = (
    *KIND,
    *("villages", "visited", "reported", "located"),
    *("left", "top", "right", "bottom"),
)
CELL = (
    *KIND,
    *("zoom", "x", "y"),
    *("villages", "visited", "reported", "x_sum", "y_sum", "village_id"),
)


def village_rows() -> QuerySet[Any, Any]:
    """Every village of the register as VILLAGE, today; dropped proposals apart."""
    today = timezone.localdate()
    held = OutreachVillage.objects.filter(
        village=OuterRef("pk"), held_on__isnull=False
    ).order_by("-held_on")
    sent = ReportSlot.objects.filter(
        village=OuterRef("pk"), month=month_before(today), status__in=SENT
    )
    officer = Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    )
    kept = Village.objects.exclude(status=Village.Status.DROPPED)
    rows: QuerySet[Any, Any] = kept.annotate(
        village_id=F("pk"),
        has_officer=Exists(officer),
        villages=Value(1),
        visited=_flag(held.filter(held_on__gte=today - VISITED)),
        reported=_flag(sent),
        x=_units(F("longitude") + 180),
        y=_units(90 - F("latitude")),
        last_visited_on=Subquery(held.values("held_on")[:1]),
    ).values(*VILLAGE)
    return rows


def regency_rows() -> QuerySet[Any, Any]:
    """The villages gathered by regency, as REGENCY."""
    rows: QuerySet[Any, Any] = VillageCoverage.objects.values(*KIND).annotate(
        *(Sum(name) for name in ("villages", "visited", "reported")),
        *(Count("x"), Min("x"), Min("y"), Max("x"), Max("y")),
    )
    return rows


def cell_rows(zoom: int) -> QuerySet[Any, Any]:
    """The located villages gathered by the cells of that zoom, as CELL."""
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
            *(Sum(name) for name in ("villages", "visited", "reported")),
            *(Sum("x"), Sum("y"), Min("village_id")),
        )
    )
    return rows


def _flag(rows: QuerySet[Any, Any]) -> Cast:
    return Cast(Exists(rows), IntegerField())


def _units(degrees: Any) -> Cast:
    return Cast(Floor(degrees * grid.UNITS / grid.DEGREES), IntegerField())
