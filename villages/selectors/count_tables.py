"""The counts of villages as tables whose figures lead to their rows."""

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
from desabinaan.lib.lines import Line, line_of
from desabinaan.lib.quarters import Quarter, quarters_up_to
from villages.models import Village
from villages.selectors.counts import Counts, CountsByPlace, counts_by_place
from villages.standing import may_somewhere

_STATE = Village.Status
#: in the order of the columns; what is fostered today comes first
STATES = (_STATE.DESIGNATED, _STATE.PROPOSED, _STATE.INACTIVE, _STATE.REVOKED)
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure; `url` leads to its rows, for those who may read them."""

    value: int
    url: str
    head: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class CountTables:
    """The page "how many fostered villages": one day, and quarter by quarter."""

    day: date
    heads: Sequence[str]
    total: Row
    offices: Sequence[Row]
    regencies: Sequence[Row]
    quarters: Sequence[Row]
    line: Line


def count_tables(day: date, user: Actor) -> CountTables:
    """The figures of `day`, and of the eight quarters up to it; two queries."""
    quarters = quarters_up_to(day, QUARTERS)
    ends = [min(quarter.last_day, timezone.localdate()) for quarter in quarters]
    of_day, *of_quarters = counts_by_place([day, *ends], user)
    totals = [_total(counts) for counts in of_quarters]
    row = partial(_row, reads=may_somewhere(user, "village.view"))
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
        line=line_of(
            [
                (quarter.short, counts.designated)
                for quarter, counts in zip(quarters, totals, strict=True)
            ]
        ),
    )


def _total(counts: CountsByPlace) -> Counts:
    return sum(counts.values(), Counts())


def _rows(
    row: Callable[..., Row],
    counts: CountsByPlace,
    day: date,
    kind: Literal["office", "regency"],
    parameter: str,
) -> list[Row]:
    """One row per office or regency; none where there is only one."""
    sums: dict[tuple[str, str], Counts] = {}
    for place, figures in counts.items():
        key = getattr(place, kind), str(getattr(place, f"{kind}_id"))
        sums[key] = sums.get(key, Counts()) + figures
    if len(sums) < 2:
        return []
    return [
        row(label, figures, day, {parameter: value})
        for (label, value), figures in sorted(sums.items())
    ]


def _row(
    label: str,
    counts: Counts,
    day: date,
    narrowed: Mapping[str, str] | None = None,
    *,
    reads: bool,
) -> Row:
    address = partial(_address, day, narrowed or {})
    return Row(
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
    return f"{reverse('villages:village_list')}?{urlencode(asked)}"


def _end_of(quarter: Quarter, end: date) -> str:
    """A quarter that is not over says so."""
    if end < quarter.last_day:
        return _("%(quarter)s, so far") % {"quarter": quarter}
    return str(quarter)
