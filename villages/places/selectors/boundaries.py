"""Outlines for a section of the map."""

from typing import Any

from villages.places.models import Boundary, Region

#: from these zooms on the map shows regencies, and districts
REGENCIES = 5
DISTRICTS = 10
#: at smaller zooms, the sketches with fewer points are enough
OUTLINED = 8


def outlines(
    west: float, south: float, east: float, north: float, *, zoom: int
) -> list[dict[str, Any]]:
    """Return names and rings of the regions in the box, of one level; two queries."""
    present = set(Boundary.objects.values_list("level", flat=True).distinct())
    if not present:
        return []
    field = "outline" if zoom >= OUTLINED else "sketch"
    found = Boundary.objects.touching(west, south, east, north).filter(
        level=_level(zoom, present)
    )
    rows = found.values_list("region__name", field).order_by("region")
    return [{"name": name, "rings": rings} for name, rings in rows]


def _level(zoom: int, present: set[int]) -> int:
    """Return the level that suits the zoom, or the nearest that was imported."""
    wanted = Region.Level.PROVINCE
    if zoom >= DISTRICTS:
        wanted = Region.Level.DISTRICT
    elif zoom >= REGENCIES:
        wanted = Region.Level.REGENCY
    coarser = [level for level in present if level <= wanted]
    return max(coarser) if coarser else min(present)
