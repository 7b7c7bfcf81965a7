"""Reads that other apps use."""

from villages.places.selectors.offices import (
    host_offices,
    hosts_anywhere,
    office_meant,
)
from villages.places.selectors.regions import own_regions

__all__ = [
    "host_offices",
    "hosts_anywhere",
    "office_meant",
    "own_regions",
]
