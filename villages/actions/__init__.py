"""Every write to regions, villages, assignments and account requests."""

from villages.actions.account_requests import (
    Approval,
    approve_request,
    decline_request,
    request_account,
)
from villages.actions.assignments import (
    Letter,
    assign,
    assign_pimpasa,
    end_assignment,
)
from villages.actions.contacts import add_contact, edit_contact, remove_contact
from villages.actions.guarded import (
    ask_guarded,
    confirm_guarded,
    decline_guarded,
)
from villages.actions.people import issue_code
from villages.actions.reference import (
    LoadResult,
    load_reference,
    mark_checked,
    take_number,
)
from villages.actions.regions import ImportResult, import_regions
from villages.actions.villages import (
    Decree,
    edit_village,
    propose_village,
    record_decree,
)

__all__ = [
    "Approval",
    "Decree",
    "ImportResult",
    "Letter",
    "LoadResult",
    "add_contact",
    "approve_request",
    "ask_guarded",
    "assign",
    "assign_pimpasa",
    "confirm_guarded",
    "decline_guarded",
    "decline_request",
    "edit_contact",
    "edit_village",
    "end_assignment",
    "import_regions",
    "issue_code",
    "load_reference",
    "mark_checked",
    "propose_village",
    "record_decree",
    "remove_contact",
    "request_account",
    "take_number",
]
