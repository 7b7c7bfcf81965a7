"""A line through a few numbers, for components/line.html; the numbers stand beside it.

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
    """One number of the line, where it lies, and what is written below it."""

    x: int
    y: int
    value: float
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Line:
    """`paths` are the points of each unbroken piece, as SVG's polyline takes them."""

    dots: Sequence[Dot]
    paths: Sequence[str]
    width: int = WIDTH
    height: int = HEIGHT


def line_of(numbers: Sequence[tuple[StrOrPromise, float | None]]) -> Line:
    """The line through (label, number), from left to right; zero lies at its foot."""
    highest = max((value for _label, value in numbers if value), default=0) or 1
    places = [
        _dot(index, len(numbers), label, value, highest)
        for index, (label, value) in enumerate(numbers)
    ]
    pieces = [
        [dot for dot in piece if dot is not None]
        for there, piece in groupby(places, key=lambda dot: dot is not None)
        if there
    ]
    return Line(
        dots=[dot for piece in pieces for dot in piece],
        paths=[" ".join(f"{dot.x},{dot.y}" for dot in piece) for piece in pieces],
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
