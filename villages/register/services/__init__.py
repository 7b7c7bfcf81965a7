"""Every write of this app."""

from villages.register.services.areas import settle_villages
from villages.register.services.assignments import (
    Letter,
    assign,
    assign_pimpasa,
    end_assignment,
    end_letter,
    issue_letter,
)
from villages.register.services.contacts import (
    add_contact,
    edit_contact,
    remove_contact,
)
from villages.register.services.decrees import (
    Decree,
    attach_decree,
    correct_decree,
    decree_of,
    record_decree,
)
from villages.register.services.proposals import drop_proposal, propose_village
from villages.register.services.regions import import_regions
from villages.register.services.villages import edit_village

__all__ = [
    "Decree",
    "Letter",
    "add_contact",
    "assign",
    "assign_pimpasa",
    "attach_decree",
    "correct_decree",
    "decree_of",
    "drop_proposal",
    "edit_contact",
    "edit_village",
    "end_assignment",
    "end_letter",
    "import_regions",
    "issue_letter",
    "propose_village",
    "record_decree",
    "remove_contact",
    "settle_villages",
]
