"""Outlines for a stretch of the map."""

from typing import Any

from villages.models import Boundary, Region

#: from these zooms on the map shows regencies, and districts
REGENCIES = 5
DISTRICTS = 10
#: farther off, the outlines with fewer points do
OUTLINED = 8


def outlines(
    west: float, south: float, east: float, north: float, *, zoom: int
) -> list[dict[str, Any]]:
    """Names and rings of the regions in that box, of one level; two queries."""
    present = set(Boundary.objects.values_list("level", flat=True).distinct())
    if not present:
        return []
    drawn = "outline" if zoom >= OUTLINED else "sketch"
    found = Boundary.objects.touching(west, south, east, north).filter(
        level=_level(zoom, present)
    )
    rows = found.values_list("region__name", drawn).order_by("region")
    return [{"name": name, "rings": rings} for name, rings in rows]


def _level(zoom: int, present: set[int]) -> int:
    """The level that suits the zoom, or the nearest that was imported."""
    wanted = Region.Level.PROVINCE
    if zoom >= DISTRICTS:
        wanted = Region.Level.DISTRICT
    elif zoom >= REGENCIES:
        wanted = Region.Level.REGENCY
    coarser = [level for level in present if level <= wanted]
    return max(coarser) if coarser else min(present)
