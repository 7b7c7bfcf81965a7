"""Request, grant or decline a change that needs a second approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts import services as account_services
from desabinaan.accounts.access import Role
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.notices.kinds import Kind
from villages.people import notifications
from villages.people.models import ApprovalRequest
from villages.people.workflow import APPROVAL_REQUEST
from villages.places.models import Office
from villages.register.services.assignments import Letter, assign

OUTCOME_KINDS = {"approve": Kind.APPROVAL_GRANTED, "decline": Kind.APPROVAL_DECLINED}
DETAILS = frozenset({"role", "rank", "letter_number", "starts_on", "email", "phone"})


@transaction.atomic
def request_approval(
    kind: str,
    account: User,
    office: Office,
    details: Mapping[str, Any],
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ApprovalRequest:
    """Create a request for second approval; `details` holds some of DETAILS."""
    if not (acting_user.is_superuser and acting_user.is_active):
        raise PermissionDenied("account.approve_sensitive")
    known = {name: details[name] for name in DETAILS if details.get(name)}
    approval = ApprovalRequest(
        kind=kind,
        account=account,
        office=office,
        reason=reason,
        requested_by=acting_user,
        requested_at=occurred_at or timezone.now(),
        **known,
    )
    approval.full_clean()
    approval.save()
    notifications.notify_approvers(approval, occurred_at)
    return approval


@transaction.atomic
def grant_approval(
    approval: ApprovalRequest, *, acting_user: User, occurred_at: datetime | None = None
) -> tuple[PasswordTicket, str] | None:
    """Carry out the change; for a code, return the ticket and its secret."""
    current = _locked_for_decision(approval, "approve", acting_user)
    _decide(current, "approve", acting_user, occurred_at)
    requested_by, account = current.requested_by, current.account
    if current.kind == ApprovalRequest.Kind.CODE:
        return account_services.issue_ticket(
            account,
            PasswordTicket.Kind.CODE,
            acting_user=requested_by,
            approver=acting_user,
        )
    if current.kind == ApprovalRequest.Kind.CONTACT:
        contact = {"email": current.email, "phone": current.phone}
        account_services.change_account(
            account, contact, acting_user=requested_by, approver=acting_user
        )
    elif current.starts_on is not None:
        letter = Letter(current.letter_number, current.starts_on)
        assign(
            Role(current.role),
            account,
            letter,
            office=current.office,
            rank=current.rank,
            acting_user=requested_by,
            approver=acting_user,
            occurred_at=occurred_at,
        )
    return None


@transaction.atomic
def decline_approval(
    approval: ApprovalRequest, reason: str, *, acting_user: User
) -> ApprovalRequest:
    """Decline the request with a reason for the administrator."""
    current = _locked_for_decision(approval, "decline", acting_user)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Give a reason, so that the administrator can act.")}
        )
    current.decision_note = reason
    _decide(current, "decline", acting_user, None)
    return current


# --- Inside ------------------------------------------------------------------


def _locked_for_decision(
    approval: ApprovalRequest, verb: str, acting_user: User
) -> ApprovalRequest:
    """Lock the request and check that this user may decide on it now."""
    rows = ApprovalRequest.objects.select_related("office", "account", "requested_by")
    current = lock_row(rows, approval.pk)
    row = APPROVAL_REQUEST[verb]
    access.require(acting_user, row.capability, current)
    if acting_user.is_staff or acting_user.is_superuser:
        raise PermissionDenied(row.capability)
    if acting_user.pk in {current.requested_by_id, current.account_id}:
        raise PermissionDenied(row.capability)
    check_transition(APPROVAL_REQUEST, verb, current.status, current)
    return current


def _decide(
    approval: ApprovalRequest,
    verb: str,
    acting_user: User,
    occurred_at: datetime | None,
) -> None:
    approval.status = APPROVAL_REQUEST[verb].target
    approval.decided_by, approval.decided_at = (
        acting_user,
        occurred_at or timezone.now(),
    )
    approval.save(update_fields=["status", "decided_by", "decided_at", "decision_note"])
    notifications.notify_requester(
        approval, OUTCOME_KINDS[verb], acting_user, occurred_at
    )
