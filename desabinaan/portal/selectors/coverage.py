"""The coverage of villages by regency and on the map.

Users who see whole offices get the roll-ups. A text search, and users with single
villages, get the rows of the villages, which are the finest roll-up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, F, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.portal import grid
from desabinaan.portal.models import (
    CoverageRefresh,
    MapCell,
    RegencyCoverage,
    VillageCoverage,
)
from reports.monthly.months import month_before
from villages.register.models import Village

MAP = "village.map"
OFFICERS = Sum("villages", filter=Q(has_officer=True), default=0)
SUMMED = ("villages", "visited", "reported", "owed")
FIGURES = ("villages", "visited", "reported", "officers", "owed")
#: figure -> the figure of which it is a part
WHOLES = {"visited": "villages", "reported": "owed", "officers": "villages"}
#: so many cells an answer has in each direction, at most
WIDEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters: wanted values by column, with or without PIMPASA.

    `villages` is None when the roll-ups are read, else the villages to read.
    """

    columns: dict[str, str] = field(default_factory=dict)
    has_officer: bool | None = None
    villages: QuerySet[Village] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A section of the map in grid units, with its zoom."""

    left: int
    top: int
    right: int
    bottom: int
    zoom: int

    @property
    def cells(self) -> int:
        """Return the zoom of the cells to show, coarser in a very wide window."""
        zoom = self.zoom
        widest = max(self.right - self.left, self.bottom - self.top)
        while widest >> grid.shift(zoom) > WIDEST:
            zoom -= 1
        return zoom


def mapped_villages(user: Actor) -> QuerySet[Village]:
    return Village.objects.open_for(user, MAP)


def refreshed_at() -> datetime | None:
    """Return when the figures were updated; None before the first time."""
    return CoverageRefresh.objects.values_list("at", flat=True).first()


def month_asked() -> date:
    """Return the month whose report counts as received or not."""
    return month_before(timezone.localdate())


# --- By regency --------------------------------------------------------------


def by_regency(user: Actor, asked: Asked) -> list[dict[str, Any]]:
    """Return a row per regency with FIGURES, `located` and its box; one query."""
    if asked.villages is None:
        rows = _rolled_up(RegencyCoverage, user, asked)
        located: Aggregate = Sum("located")
        box = ("left", "top", "right", "bottom")
    else:
        rows = _of_villages(asked.villages)
        located = Count("x")
        box = ("x", "y", "x", "y")
    return list(
        rows.values("regency_id", name=F("regency__name"))
        .annotate(
            **_sums(),
            located=located,
            west=Min(box[0]),
            north=Min(box[1]),
            east=Max(box[2]),
            south=Max(box[3]),
        )
        .order_by(Folded("name"))
    )


def box_of(regencies: Iterable[dict[str, Any]]) -> dict[str, float] | None:
    """Return west, south, east and north of the located villages in degrees."""
    located = [row for row in regencies if row["located"]]
    if not located:
        return None
    return {
        "west": grid.longitude(min(row["west"] for row in located)),
        "north": grid.latitude(min(row["north"] for row in located)),
        "east": grid.longitude(max(row["east"] for row in located)),
        "south": grid.latitude(max(row["south"] for row in located)),
    }


def totals(regencies: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return FIGURES over all regencies, and the villages `unlocated`."""
    found = {
        f"all_{name}": sum(row[f"all_{name}"] for row in regencies) for name in FIGURES
    }
    located = sum(row["located"] for row in regencies)
    return found | {"unlocated": found["all_villages"] - located}


# --- On the map --------------------------------------------------------------


def points(user: Actor, asked: Asked, window: Window) -> dict[str, list[list[Any]]]:
    """Return groups and single villages in the window as lists; two queries.

    A group is latitude, longitude and FIGURES. A village is the same, its counts 0 or
    1, then name, district, code and the day of the last visit.
    """
    cells = list(_cells(user, asked, window).order_by("row", "column"))
    alone = {cell["one"]: cell for cell in cells if cell["all_villages"] == 1}
    single_villages = VillageCoverage.objects.filter(pk__in=alone).values(
        "pk",
        "last_visited_on",
        name=F("village__name"),
        district=F("village__district_name"),
        code=F("village__region_id"),
    )
    return {
        "groups": [_placed(cell) for cell in cells if cell["all_villages"] > 1],
        "villages": [
            [
                *_placed(alone[one["pk"]]),
                *(one["name"], one["district"], one["code"]),
                one["last_visited_on"],
            ]
            for one in single_villages
        ],
    }


def _cells(user: Actor, asked: Asked, window: Window) -> QuerySet[Any, Any]:
    zoom = window.cells
    bits = grid.shift(zoom)
    if asked.villages is None and zoom in grid.ROLLED_UP:
        edges = (window.left, window.top, window.right, window.bottom)
        rows = _rolled_up(MapCell, user, asked).filter(zoom=zoom)
        rows = rows.within(*(edge >> bits for edge in edges))
        rows = rows.annotate(column=F("x"), row=F("y"))
        middle = (Sum("x_sum"), Sum("y_sum"))
    else:
        rows = (
            _rolled_up(VillageCoverage, user, asked)
            if asked.villages is None
            else _of_villages(asked.villages)
        )
        rows = rows.within(window.left, window.top, window.right, window.bottom)
        rows = rows.annotate(
            column=F("x").bitrightshift(bits), row=F("y").bitrightshift(bits)
        )
        middle = (Sum("x"), Sum("y"))
    gathered: QuerySet[Any, Any] = rows.values("column", "row").annotate(
        **_sums(), east=middle[0], south=middle[1], one=Min("village_id")
    )
    return gathered


def _placed(cell: dict[str, Any]) -> list[Any]:
    count = cell["all_villages"]
    return [
        grid.latitude(cell["south"] / count + 0.5),
        grid.longitude(cell["east"] / count + 0.5),
        *(cell[f"all_{name}"] for name in FIGURES),
    ]


# --- Inside ------------------------------------------------------------------


def _rolled_up(model: Any, user: Actor, asked: Asked) -> Any:
    rows = model.objects.of_offices(user, MAP).filter(**asked.columns)
    if asked.has_officer is None:
        return rows
    return rows.filter(has_officer=asked.has_officer)


def _of_villages(villages: QuerySet[Village]) -> Any:
    return VillageCoverage.objects.filter(village__in=villages)


def _sums() -> dict[str, Any]:
    return {f"all_{name}": Sum(name) for name in SUMMED} | {"all_officers": OFFICERS}
