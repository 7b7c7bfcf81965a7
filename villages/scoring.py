"""How figures about a village become a score: plain arithmetic, no database.

Every indicator counts along a straight line between two anchors of the model. Points
are whole tenths that add up to the value; the tenths that rounding leaves over go to
the largest remainders. What is missing gives no points, but it keeps a village out of
the band "low" as long as the worst answer would lift it out.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from villages.models.indicators import Band, Indicator

TENTHS = 10
WHOLE = 100


class State(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Scale:
    """How one indicator counts; `full_at` may lie below `zero_at`."""

    indicator: Indicator
    weight: int
    zero_at: Decimal
    full_at: Decimal
    valid_months: int

    def share(self, value: Decimal) -> Fraction:
        """How much of the weight this value takes, from 0 to 1."""
        way = Fraction(value - self.zero_at) / Fraction(self.full_at - self.zero_at)
        return min(max(way, Fraction(0)), Fraction(1))


@dataclass(frozen=True, slots=True)
class Bounds:
    """From how many points a band begins, and how much must be known to judge."""

    medium_from: int
    high_from: int
    least_known: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure that stands for a village: its row, its value, the day it tells of."""

    input_id: int
    value: Decimal
    as_of: date


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator gives; `points` in tenths."""

    indicator: Indicator
    weight: int
    points: int
    state: State
    reading: Reading | None = None
    stale_from: date | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The score: `value` and `at_most` in tenths of a point, `confidence` in percent.

    `at_most` is what the value would be if all that is missing or stale were at
    its worst.
    """

    parts: Sequence[Part]
    value: int
    at_most: int
    confidence: int
    band: Band


def reckon(
    scales: Sequence[Scale],
    bounds: Bounds,
    readings: Mapping[Indicator, Reading],
    on: date,
) -> Reckoning:
    """The score on that day, each scale in its order as a part."""
    found = [_judged(scale, readings.get(scale.indicator), on) for scale in scales]
    exact = [points for points, _state in found]
    states = [state for _points, state in found]
    tenths = shared_out(exact)
    value = sum(tenths)
    at_most = rounded(
        sum(
            (
                points if state is State.FRESH else Fraction(scale.weight * TENTHS)
                for scale, points, state in zip(scales, exact, states, strict=True)
            ),
            Fraction(0),
        )
    )
    confidence = sum(
        scale.weight
        for scale, state in zip(scales, states, strict=True)
        if state is State.FRESH
    )
    parts = [
        _part(scale, points, state, readings.get(scale.indicator))
        for scale, points, state in zip(scales, tenths, states, strict=True)
    ]
    band = band_of(value, at_most, confidence, bounds)
    return Reckoning(parts, value, at_most, confidence, band)


def band_of(value: int, at_most: int, confidence: int, bounds: Bounds) -> Band:
    """The band of a value in tenths.

    High enough is high whatever else is missing. With little known nothing else can
    be said. And low is said only when nothing that is missing could change it.
    """
    if value >= bounds.high_from * TENTHS:
        return Band.HIGH
    if confidence < bounds.least_known:
        return Band.UNKNOWN
    if value >= bounds.medium_from * TENTHS:
        return Band.MEDIUM
    return Band.LOW if at_most < bounds.medium_from * TENTHS else Band.UNKNOWN


def shared_out(exact: Sequence[Fraction]) -> list[int]:
    """Whole numbers that add up to the rounded sum of `exact` (largest remainder)."""
    whole = [floor(points) for points in exact]
    over = rounded(sum(exact, Fraction(0))) - sum(whole)
    order = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in order[:over]:
        whole[place] += 1
    return whole


def rounded(points: Fraction) -> int:
    """To the nearest whole number, halves upwards."""
    return floor(points + Fraction(1, 2))


# --- Days --------------------------------------------------------------------


def stale_from(as_of: date, valid_months: int) -> date:
    """The first day on which a figure of `as_of` no longer counts as fresh."""
    months = as_of.year * 12 + as_of.month - 1 + valid_months
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(as_of.day, last))


def quarter_of(day: date) -> date:
    """The first day of the quarter in which `day` lies."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """Full months from one day to a later one; never less than none."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(months - (later.day < earlier.day), 0)


# --- Inside ------------------------------------------------------------------


def _judged(scale: Scale, reading: Reading | None, on: date) -> tuple[Fraction, State]:
    """Points in tenths, exactly, and whether the figure is still good."""
    if reading is None:
        return Fraction(0), State.MISSING
    points = scale.weight * TENTHS * scale.share(reading.value)
    is_stale = on >= stale_from(reading.as_of, scale.valid_months)
    return points, State.STALE if is_stale else State.FRESH


def _part(scale: Scale, points: int, state: State, reading: Reading | None) -> Part:
    return Part(
        scale.indicator,
        scale.weight,
        points,
        state,
        reading,
        stale_from(reading.as_of, scale.valid_months) if reading else None,
    )
