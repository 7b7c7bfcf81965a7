"""Where the villages of each regency lie, known before any outline is imported."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).resolve().parent / "data" / "extents" / "regencies.csv"


class Box(NamedTuple):
    """Degrees within which something lies."""

    west: float
    south: float
    east: float
    north: float

    def misses(self, facts: Mapping[str, Any]) -> bool:
        """Whether these facts name a point, and it lies outside."""
        latitude, longitude = facts.get("latitude"), facts.get("longitude")
        if latitude is None or longitude is None:
            return False
        across = self.west <= longitude <= self.east
        return not (across and self.south <= latitude <= self.north)

    def covers(self, other: "Box") -> bool:
        across = self.west <= other.west and other.east <= self.east
        return across and self.south <= other.south and other.north <= self.north

    def widened(self, by: float) -> "Box":
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)

    def joined(self, other: "Box") -> "Box":
        west, south = min(self.west, other.west), min(self.south, other.south)
        return Box(
            west, south, max(self.east, other.east), max(self.north, other.north)
        )


def extent_of(code: str) -> Box | None:
    """Return the box around all villages of its regency, else of its province."""
    known = _extents()
    return known.get(code[:5]) or known.get(code[:2])


@cache
def _extents() -> Mapping[str, Box]:
    """Return the boxes of the file by regency, and those of whole provinces."""
    boxes: dict[str, Box] = {}
    with FILE.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            box = Box(*(float(row[edge]) for edge in Box._fields))
            province = row["code"][:2]
            boxes[row["code"]] = box
            boxes[province] = box.joined(boxes.get(province, box))
    return boxes
