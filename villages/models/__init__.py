"""What the ground floor holds: regions, offices, fostered villages, assignments."""

from villages.models.assignments import AccountRequest, Assignment
from villages.models.awareness import (
    AwarenessCount,
    AwarenessReceipt,
    AwarenessRound,
    AwarenessTest,
    KnockCount,
    Question,
    QuestionBank,
)
from villages.models.boundaries import Boundary
from villages.models.decrees import Designation
from villages.models.guarded import GuardedDeed
from villages.models.imports import FigureImport
from villages.models.indicators import MEASURES, Band, Indicator, Measure
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
from villages.models.scores import (
    ScoringRun,
    VulnerabilityEvent,
    VulnerabilityScore,
)
from villages.models.village_imports import (
    VillageImport,
    VillageImportEvent,
    VillageImportProgress,
    VillageImportRow,
)
from villages.models.villages import (
    Proposal,
    Village,
    VillageContact,
    VillageEvent,
)
from villages.models.vulnerability import (
    ModelIndicator,
    VulnerabilityInput,
    VulnerabilityModel,
)

__all__ = [
    "MEASURES",
    "MOST_PHOTOS",
    "AccountRequest",
    "ActivityKind",
    "Assignment",
    "AwarenessCount",
    "AwarenessReceipt",
    "AwarenessRound",
    "AwarenessTest",
    "Band",
    "Boundary",
    "Designation",
    "DocumentKind",
    "FigureImport",
    "GuardedDeed",
    "Holiday",
    "Hotline",
    "Indicator",
    "KnockCount",
    "LegalBasis",
    "Letterhead",
    "Measure",
    "ModelIndicator",
    "Numbering",
    "Office",
    "OutreachActivity",
    "OutreachEvent",
    "OutreachPhoto",
    "OutreachVillage",
    "Pillar",
    "Proposal",
    "Question",
    "QuestionBank",
    "Region",
    "Scheme",
    "ScoringRun",
    "ServiceArea",
    "Signatory",
    "Village",
    "VillageContact",
    "VillageEvent",
    "VillageImport",
    "VillageImportEvent",
    "VillageImportProgress",
    "VillageImportRow",
    "VulnerabilityEvent",
    "VulnerabilityInput",
    "VulnerabilityModel",
    "VulnerabilityScore",
]
