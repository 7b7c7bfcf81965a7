"""Reads of this app."""

from villages.people.selectors.account_requests import (
    MOST_AT_ONCE,
    account_requests_for,
    has_part_in_requests,
    request_rows,
    requesting_offices,
    require_part_in_requests,
)
from villages.people.selectors.approvals import (
    approval_request_rows,
    approval_requests_for,
)
from villages.people.selectors.people import (
    people_in_area,
    person_rows,
)
from villages.people.selectors.zoning import (
    Area,
    area_of,
    by_district,
    first_without_officer,
    offered_villages,
    officers_of,
    ticked,
    zone_of,
)

__all__ = [
    "MOST_AT_ONCE",
    "Area",
    "account_requests_for",
    "approval_request_rows",
    "approval_requests_for",
    "area_of",
    "by_district",
    "first_without_officer",
    "has_part_in_requests",
    "offered_villages",
    "officers_of",
    "people_in_area",
    "person_rows",
    "request_rows",
    "requesting_offices",
    "require_part_in_requests",
    "ticked",
    "zone_of",
]
