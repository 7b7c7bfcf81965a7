"""The chart of what people in a village learned over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from villages.outreach.selectors.learning import Gain, LearningPoint, Share, sum_of

#: coordinates of the chart in its viewBox; 100% is at TOP, 0% at BOTTOM
LEFT, RIGHT, TOP, BOTTOM = 80, 584, 16, 176


class Mark(NamedTuple):
    """Coordinates of one activity: both results stand above each other."""

    x: str
    y_before: str
    y_after: str


@dataclass(frozen=True, slots=True)
class LearningChart:
    """Marks and lines of the chart, oldest first, and the results they show.

    `before` and `after` are the points of an SVG polyline. Rendered by
    templates/outreach/_learning_line.html.
    """

    points: Sequence[LearningPoint]
    marks: Sequence[Mark]
    before: str
    after: str
    total: Gain | None


def learning_chart(points: Sequence[LearningPoint]) -> LearningChart:
    """Return the chart of the points, which come oldest first."""
    marks = _marks(points) if points else []
    return LearningChart(
        points,
        marks,
        before=" ".join(f"{mark.x},{mark.y_before}" for mark in marks),
        after=" ".join(f"{mark.x},{mark.y_after}" for mark in marks),
        total=sum_of(point.gain for point in points),
    )


def _marks(points: Sequence[LearningPoint]) -> list[Mark]:
    first, last = points[0].day, points[-1].day
    span = max((last - first).days, 1)
    shares = [(point.day - first).days / span for point in points]
    if len(points) == 1:
        shares = [0.5]
    return [
        Mark(
            f"{LEFT + share * (RIGHT - LEFT):.1f}",
            _height(point.gain.before),
            _height(point.gain.after),
        )
        for share, point in zip(shares, points, strict=True)
    ]


def _height(share: Share) -> str:
    return f"{BOTTOM - share.percent / 100 * (BOTTOM - TOP):.1f}"
