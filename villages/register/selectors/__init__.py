"""Every read that the views of this app use."""

from villages.register.selectors.assignments import (
    accounts_without_role,
    assignments_of,
    assigns_new_accounts,
    covered_by_letter,
    officers_known_to,
    parted_by_today,
    refuse_ended,
)
from villages.register.selectors.regions import proposable_regions
from villages.register.selectors.search import suggestions
from villages.register.selectors.villages import (
    assignments_for,
    designations_for,
    issuers_for,
    refuse_attached,
    stated_decree,
    village_counts,
    villages_for,
)

__all__ = [
    "accounts_without_role",
    "assignments_for",
    "assignments_of",
    "assigns_new_accounts",
    "covered_by_letter",
    "designations_for",
    "issuers_for",
    "officers_known_to",
    "parted_by_today",
    "proposable_regions",
    "refuse_attached",
    "refuse_ended",
    "stated_decree",
    "suggestions",
    "village_counts",
    "villages_for",
]
