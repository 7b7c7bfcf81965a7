"""Outlines: their size and place, and simplified to what a map of a scale can show."""

from itertools import pairwise
from typing import TypeAlias

from villages.places.extents import Box

DECIMALS = 4
#: (longitude, latitude)
Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]


def simplified(rings: list[Ring], tolerance: float) -> list[list[list[float]]]:
    """Return the rings without points nearer than `tolerance` degrees to the line.

    Smaller islands are skipped, but never the largest ring.
    """
    by_size = sorted(rings, key=_extent, reverse=True)
    large_rings = [ring for ring in by_size[1:] if _extent(ring) > 2 * tolerance]
    return [
        [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in _thinned(ring, tolerance)]
        for ring in [by_size[0], *large_rings]
    ]


def box_of(rings: list[Ring]) -> Box:
    xs = [x for ring in rings for x, _y in ring]
    ys = [y for ring in rings for _x, y in ring]
    return Box(min(xs), min(ys), max(xs), max(ys))


def area_of(ring: Ring) -> float:
    """Return square degrees; a line there and back has none."""
    x0, y0 = ring[0]
    return 0.5 * abs(
        sum(
            (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
            for (x1, y1), (x2, y2) in pairwise(ring)
        )
    )


def _extent(ring: Ring) -> float:
    box = box_of([ring])
    return max(box.east - box.west, box.north - box.south)


def _thinned(ring: Ring, tolerance: float) -> Ring:
    """Simplify a ring by the Douglas-Peucker algorithm.

    A ring ends where it begins, so it is split at the point farthest from its start.
    """
    first = ring[0]
    far = max(range(len(ring)), key=lambda index: _square(first, ring[index]))
    indexes = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        start, end = waiting.pop()
        distance, index = _farthest(ring, start, end)
        if distance > tolerance**2:
            indexes.add(index)
            waiting += [(start, index), (index, end)]
    if len(indexes) == 3:  # a line there and back is no area
        indexes.add(
            max(_farthest(ring, 0, far), _farthest(ring, far, len(ring) - 1))[1]
        )
    return [ring[index] for index in sorted(indexes)]


def _farthest(ring: Ring, start: int, end: int) -> tuple[float, int]:
    """Return squared distance and index of the point farthest from the line."""
    line = (ring[start], ring[end])
    return max(
        ((_off(ring[at], *line), at) for at in range(start + 1, end)),
        default=(0.0, start),
    )


def _off(point: Point, start: Point, end: Point) -> float:
    """Return the squared distance of a point from a line segment."""
    length = _square(start, end)
    if not length:
        return _square(point, start)
    (x, y), (x1, y1), (x2, y2) = point, start, end
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
    along = min(1.0, max(0.0, along))
    return _square(point, (x1 + along * (x2 - x1), y1 + along * (y2 - y1)))


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
