"""Reads of the map's coverage."""

from desabinaan.portal.selectors.coverage import (
    MAP,
    box_of,
    by_regency,
    month_asked,
    points,
    refreshed_at,
    totals,
)

__all__ = [
    "MAP",
    "box_of",
    "by_regency",
    "month_asked",
    "points",
    "refreshed_at",
    "totals",
]
