"""Every write of this app."""

from villages.people.services.account_lists import approve_requests, request_accounts
from villages.people.services.account_requests import (
    approve_request,
    decline_request,
    request_account,
)
from villages.people.services.approvals import (
    decline_approval,
    grant_approval,
    request_approval,
)
from villages.people.services.codes import issue_code

__all__ = [
    "approve_request",
    "approve_requests",
    "decline_approval",
    "decline_request",
    "grant_approval",
    "issue_code",
    "request_account",
    "request_accounts",
    "request_approval",
]
