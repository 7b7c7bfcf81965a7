from villages.places.models.boundaries import Boundary
from villages.places.models.papers import DocumentKind, Letterhead, Numbering, Signatory
from villages.places.models.reference import (
    ActivityKind,
    BilingualName,
    Bundled,
    Holiday,
    Hotline,
    LegalBasis,
    Reference,
    Scheme,
    Sourced,
)
from villages.places.models.regions import Office, Region, ServiceArea

__all__ = [
    "ActivityKind",
    "BilingualName",
    "Boundary",
    "Bundled",
    "DocumentKind",
    "Holiday",
    "Hotline",
    "LegalBasis",
    "Letterhead",
    "Numbering",
    "Office",
    "Reference",
    "Region",
    "Scheme",
    "ServiceArea",
    "Signatory",
    "Sourced",
]
