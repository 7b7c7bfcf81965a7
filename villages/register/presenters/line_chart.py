"""A line chart of a few numbers; components/line_chart.html lists them beside it.

The drawing is WIDTH by HEIGHT; where there is no number the line is broken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django_stubs_ext import StrOrPromise

WIDTH = 360
HEIGHT = 150
MARGIN = 28


@dataclass(frozen=True, slots=True)
class Dot:
    """One number of the line, its position, and its label."""

    x: int
    y: int
    value: float
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class LineChart:
    """`paths` are the points of each unbroken part, as SVG's polyline takes them."""

    dots: Sequence[Dot]
    paths: Sequence[str]
    width: int = WIDTH
    height: int = HEIGHT


def line_chart(numbers: Sequence[tuple[StrOrPromise, float | None]]) -> LineChart:
    """Return the line through (label, number), left to right; zero is the baseline."""
    highest = max((value for _label, value in numbers if value), default=0) or 1
    places = [
        _dot(index, len(numbers), label, value, highest)
        for index, (label, value) in enumerate(numbers)
    ]
    segments = [
        [dot for dot in segment if dot is not None]
        for there, segment in groupby(places, key=lambda dot: dot is not None)
        if there
    ]
    return LineChart(
        dots=[dot for segment in segments for dot in segment],
        paths=[" ".join(f"{dot.x},{dot.y}" for dot in segment) for segment in segments],
    )


def _dot(
    index: int, count: int, label: StrOrPromise, value: float | None, highest: float
) -> Dot | None:
    if value is None:
        return None
    step = (WIDTH - 2 * MARGIN) / max(count - 1, 1)
    rise = (HEIGHT - 2 * MARGIN) * value / highest
    return Dot(
        round(MARGIN + index * step), round(HEIGHT - MARGIN - rise), value, label
    )
