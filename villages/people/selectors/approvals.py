"""Approval requests, as their approvers read them."""

from collections import Counter
from typing import Any

from django.db.models import CharField, QuerySet, Value

from desabinaan.accounts.access import SENSITIVE_ROLES, Actor
from villages.people.models import ApprovalRequest
from villages.people.selectors.account_requests import pending_account_requests
from villages.places.models import Office
from villages.places.permissions import in_force
from villages.register.models import Assignment

COLUMNS = (
    "id",
    "kind",
    "status",
    "account__name",
    "office__short_name",
    "requested_at",
    "requested_by__name",
)


def approval_requests_for(user: Actor) -> QuerySet[ApprovalRequest]:
    approvals: QuerySet[ApprovalRequest] = ApprovalRequest.objects.visible_to(user)
    return approvals.select_related("account", "office", "requested_by", "decided_by")


def approval_request_rows(user: Actor, status: str = "") -> QuerySet[Any, Any]:
    approvals: QuerySet[Any, Any] = ApprovalRequest.objects.visible_to(user)
    return (approvals.filter(status=status) if status else approvals).values(*COLUMNS)


def waiting_accounts(user: Actor, most: int) -> Counter[str]:
    """Count account requests ("request") and approval requests ("approval") to decide.

    One query; each is counted up to `most`.
    """
    approval = ApprovalRequest.objects.to_decide(user)
    requests = _named(pending_account_requests(user), "request")[:most]
    both = requests.union(_named(approval, "approval")[:most], all=True)
    return Counter(row[0] for row in both)


def _named(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    named: QuerySet[Any] = rows.order_by().annotate(waits=Value(kind, CharField()))
    return named.values_list("waits")


def office_of_sensitive_role(account_id: int) -> Office | None:
    """Return the office of the current, or else the last, sensitive role."""
    assignments = (
        Assignment.objects.filter(user_id=account_id, role__in=SENSITIVE_ROLES)
        .select_related("office")
        .order_by("-starts_on")
    )
    assignment = assignments.filter(in_force()).first() or assignments.first()
    return assignment.office if assignment else None
