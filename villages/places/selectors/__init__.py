"""Reads that other apps use."""

from villages.places.selectors.offices import host_offices, hosts_anywhere
from villages.places.selectors.regions import own_regions

__all__ = [
    "host_offices",
    "hosts_anywhere",
    "own_regions",
]
