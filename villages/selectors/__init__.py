"""What is read of regions, villages, assignments and account requests."""

from villages.selectors.boundaries import outlines
from villages.selectors.people import (
    assignments_of,
    covered_by_letter,
    officers_known_to,
    officers_read_by,
    parted_by_today,
    people_in_area,
    refusal_of_code,
    refuse_ended,
    successors_of,
)
from villages.selectors.regions import (
    dropped_in,
    office_for,
    own_regions,
    proposable_regions,
)
from villages.selectors.search import label_of, suggestions
from villages.selectors.timeline import lifecycle_of, timeline_of
from villages.selectors.villages import (
    account_requests_for,
    assignments_for,
    designations_for,
    issuers_for,
    pending_account_requests,
    refuse_attached,
    village_counts,
    villages_for,
)

__all__ = [
    "account_requests_for",
    "assignments_for",
    "assignments_of",
    "covered_by_letter",
    "designations_for",
    "dropped_in",
    "issuers_for",
    "label_of",
    "lifecycle_of",
    "office_for",
    "officers_known_to",
    "officers_read_by",
    "outlines",
    "own_regions",
    "parted_by_today",
    "pending_account_requests",
    "people_in_area",
    "proposable_regions",
    "refusal_of_code",
    "refuse_attached",
    "refuse_ended",
    "successors_of",
    "suggestions",
    "timeline_of",
    "village_counts",
    "villages_for",
]
