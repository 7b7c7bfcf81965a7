"""Counts of villages as tables whose figures link to the villages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from desabinaan.lib.text.quarters import Quarter, quarters_up_to
from villages.places.permissions import has_capability_anywhere
from villages.register.models import Village
from villages.register.presenters.line_chart import LineChart, line_chart
from villages.register.selectors.counts import (
    CountsByPlace,
    StateCounts,
    counts_by_place,
)

_STATE = Village.Status
#: in the order of the columns
STATES = (_STATE.DESIGNATED, _STATE.PROPOSED, _STATE.INACTIVE, _STATE.REVOKED)
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure; `url` lists its villages, for those who may read them."""

    value: int
    url: str
    head: str


@dataclass(frozen=True, slots=True)
class CountRow:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class CountTables:
    """Counts on one day and by quarter."""

    day: date
    heads: Sequence[str]
    total: CountRow
    offices: Sequence[CountRow]
    regencies: Sequence[CountRow]
    quarters: Sequence[CountRow]
    line: LineChart


def count_tables(day: date, user: Actor) -> CountTables:
    """Return the counts of `day` and of the eight quarters up to it; two queries."""
    quarters = quarters_up_to(day, QUARTERS)
    ends = [min(quarter.last_day, timezone.localdate()) for quarter in quarters]
    of_day, *of_quarters = counts_by_place([day, *ends], user)
    totals = [_total(counts) for counts in of_quarters]
    row = partial(_row, reads=has_capability_anywhere(user, "village.view"))
    return CountTables(
        day=day,
        heads=[str(state.label) for state in STATES],
        total=row(_("All together"), _total(of_day), day),
        offices=_rows(row, of_day, day, "office", "kantor"),
        regencies=_rows(row, of_day, day, "regency", "kabupaten"),
        quarters=[
            row(_end_of(quarter, end), counts, end)
            for quarter, end, counts in zip(quarters, ends, totals, strict=True)
        ][::-1],
        line=line_chart(
            [
                (quarter.short, counts.designated)
                for quarter, counts in zip(quarters, totals, strict=True)
            ]
        ),
    )


def _total(counts: CountsByPlace) -> StateCounts:
    return sum(counts.values(), StateCounts())


def _rows(
    row: Callable[..., CountRow],
    counts: CountsByPlace,
    day: date,
    kind: Literal["office", "regency"],
    parameter: str,
) -> list[CountRow]:
    """Return one row per office or regency; none where there is only one."""
    sums: dict[tuple[str, str], StateCounts] = {}
    for place, figures in counts.items():
        key = getattr(place, kind), str(getattr(place, f"{kind}_id"))
        sums[key] = sums.get(key, StateCounts()) + figures
    if len(sums) < 2:
        return []
    return [
        row(label, figures, day, {parameter: value})
        for (label, value), figures in sorted(
            sums.items(), key=lambda one: (folded(one[0][0]), one[0][1])
        )
    ]


def _row(
    label: str,
    counts: StateCounts,
    day: date,
    narrowed: Mapping[str, str] | None = None,
    *,
    reads: bool,
) -> CountRow:
    address = partial(_address, day, narrowed or {})
    return CountRow(
        label,
        [
            Cell(
                value=getattr(counts, state.value),
                url=address(state) if reads else "",
                head=str(state.label),
            )
            for state in STATES
        ],
    )


def _address(day: date, narrowed: Mapping[str, str], state: str) -> str:
    asked = {**narrowed, "status": state, "pada": day.isoformat()}
    return f"{reverse('register:village_list')}?{urlencode(asked)}"


def _end_of(quarter: Quarter, end: date) -> str:
    """Return the quarter, marked when it is not over."""
    if end < quarter.last_day:
        return _("%(quarter)s (to date)") % {"quarter": quarter}
    return str(quarter)
