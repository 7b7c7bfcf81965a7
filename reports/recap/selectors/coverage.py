"""Which villages are visited, report and have an officer: by regency, and on the map.

Whoever sees whole offices reads the roll-ups; a free search, and villages held
singly, read the villages' own rows, which are the finest roll-up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, F, Max, Min, Q, QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.listing import address
from desabinaan.lib.templatetags.portal import day
from reports.monthly.months import month_before
from reports.recap import grid
from reports.recap.models import (
    CoverageRefresh,
    MapCell,
    RegencyCoverage,
    VillageCoverage,
)
from villages.models import Village

MAP = "village.map"
OFFICERS = Sum("villages", filter=Q(has_officer=True), default=0)
FIGURES = ("villages", "visited", "reported", "officers")
#: so many cells an answer has in each direction, at most
WIDEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters ask: wanted values by column, with or without PIMPASA.

    `villages` is None when the roll-ups answer, else the villages that are meant.
    """

    columns: dict[str, str] = field(default_factory=dict)
    has_officer: bool | None = None
    villages: QuerySet[Village] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the map in grid units, and how near one looks at it."""

    left: int
    top: int
    right: int
    bottom: int
    zoom: int

    @property
    def cells(self) -> int:
        """The zoom whose cells are drawn: coarser when the window is very wide."""
        zoom = self.zoom
        widest = max(self.right - self.left, self.bottom - self.top)
        while widest >> grid.shift(zoom) > WIDEST:
            zoom -= 1
        return zoom


def mapped_villages(user: Actor) -> QuerySet[Village]:
    return Village.objects.open_for(user, MAP)


def refreshed_at() -> datetime | None:
    """As of when the figures are; None before the first time."""
    return CoverageRefresh.objects.values_list("at", flat=True).first()


def month_asked() -> date:
    """The month whose report counts as received or not."""
    return month_before(timezone.localdate())


# --- By regency --------------------------------------------------------------


def by_regency(user: Actor, asked: Asked) -> list[dict[str, Any]]:
    """A row per regency with FIGURES, `located` and its box; one query."""
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
        .order_by("name")
    )


def box_of(regencies: Iterable[dict[str, Any]]) -> dict[str, float] | None:
    """West, south, east and north of the located villages in degrees, if any."""
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
    """FIGURES over all regencies, and the villages `unlocated`."""
    found = {
        f"all_{name}": sum(row[f"all_{name}"] for row in regencies) for name in FIGURES
    }
    located = sum(row["located"] for row in regencies)
    return found | {"unlocated": found["all_villages"] - located}


def dressed(
    regencies: Iterable[dict[str, Any]], params: QueryDict
) -> list[dict[str, Any]]:
    """The rows with their shares in percent and the address of the villages meant."""
    register = reverse("villages:village_list")
    return [
        row
        | {f"{name}_share": _share(row, name) for name in FIGURES[1:]}
        | {"url": register + address(params, {"kabupaten": row["regency_id"]})}
        for row in regencies
    ]


def _share(row: dict[str, Any], name: str) -> int:
    return int(100 * row[f"all_{name}"] // row["all_villages"])


# --- On the map --------------------------------------------------------------


def points(user: Actor, asked: Asked, window: Window) -> dict[str, list[list[Any]]]:
    """Groups and single villages in the window, as short lists; two queries.

    A group is latitude, longitude and FIGURES. A village is the same, its counts 0 or
    1, then name, district, code and the day of the last visit in words.
    """
    cells = list(_cells(user, asked, window).order_by("row", "column"))
    alone = {cell["one"]: cell for cell in cells if cell["all_villages"] == 1}
    told = VillageCoverage.objects.filter(pk__in=alone).values(
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
                day(one["last_visited_on"]),
            ]
            for one in told
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
    return {f"all_{name}": Sum(name) for name in FIGURES[:3]} | {
        "all_officers": OFFICERS
    }
