"""What the ground floor holds: regions, offices, fostered villages, assignments."""

from villages.models.assignments import AccountRequest, Assignment
from villages.models.guarded import GuardedDeed
from villages.models.outreach import (
    MOST_PHOTOS,
    OutreachActivity,
    OutreachEvent,
    OutreachPhoto,
    OutreachVillage,
    Pillar,
)
from villages.models.papers import DocumentKind, Letterhead, Numbering, Signatory
from villages.models.reference import (
    ActivityKind,
    Holiday,
    Hotline,
    LegalBasis,
    Scheme,
)
from villages.models.regions import Office, Region, ServiceArea
from villages.models.villages import (
    Designation,
    Village,
    VillageContact,
    VillageEvent,
)

__all__ = [
    "MOST_PHOTOS",
    "AccountRequest",
    "ActivityKind",
    "Assignment",
    "Designation",
    "DocumentKind",
    "GuardedDeed",
    "Holiday",
    "Hotline",
    "LegalBasis",
    "Letterhead",
    "Numbering",
    "Office",
    "OutreachActivity",
    "OutreachEvent",
    "OutreachPhoto",
    "OutreachVillage",
    "Pillar",
    "Region",
    "Scheme",
    "ServiceArea",
    "Signatory",
    "Village",
    "VillageContact",
    "VillageEvent",
]
