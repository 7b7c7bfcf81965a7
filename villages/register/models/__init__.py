from villages.register.models.assignments import OFFICE_ROLES, VILLAGE_ROLES, Assignment
from villages.register.models.decrees import Designation
from villages.register.models.villages import (
    Proposal,
    Village,
    VillageContact,
    VillageEvent,
)

__all__ = [
    "OFFICE_ROLES",
    "VILLAGE_ROLES",
    "Assignment",
    "Designation",
    "Proposal",
    "Village",
    "VillageContact",
    "VillageEvent",
]
