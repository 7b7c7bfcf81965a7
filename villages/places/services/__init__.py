"""Every write of this app."""

from villages.places.services.boundaries import import_boundaries
from villages.places.services.reference import load_reference, take_number

__all__ = [
    "import_boundaries",
    "load_reference",
    "take_number",
]
