"""Approval requests with labels, as the page shows them."""

from collections.abc import Iterable
from typing import Any

from villages.people.models import ApprovalRequest
from villages.people.workflow import APPROVAL_BADGE_STYLES


def approvals_with_labels(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the labels of kind and status to the rows."""
    return [
        row
        | {
            "kind": ApprovalRequest.Kind(row["kind"]).label,
            "state": ApprovalRequest.Status(row["status"]).label,
            "badge_style": APPROVAL_BADGE_STYLES[ApprovalRequest.Status(row["status"])],
        }
        for row in rows
    ]
