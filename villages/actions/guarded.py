"""Deeds of two persons: an administrator asks, the regional office confirms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts import actions as accounts
from desabinaan.accounts.access import Role
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.transitions import step
from desabinaan.notices.kinds import Kind
from villages.actions import telling
from villages.actions.assignments import Letter, assign
from villages.models import GuardedDeed, Office
from villages.workflow import GUARDED_DEED

TOLD = {"confirm": Kind.DEED_CONFIRMED, "decline": Kind.DEED_DECLINED}
DETAILS = frozenset({"role", "rank", "letter_number", "starts_on", "email", "phone"})


@transaction.atomic
def ask_guarded(
    kind: str,
    account: User,
    office: Office,
    details: Mapping[str, Any],
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> GuardedDeed:
    """The deed waits for its second person; `details` holds some of DETAILS."""
    if not (acting_user.is_superuser and acting_user.is_active):
        raise PermissionDenied("account.second")
    known = {name: details[name] for name in DETAILS if details.get(name)}
    deed = GuardedDeed(
        kind=kind,
        account=account,
        office=office,
        reason=reason,
        asked_by=acting_user,
        asked_at=occurred_at or timezone.now(),
        **known,
    )
    deed.full_clean()
    deed.save()
    telling.second_persons(deed, occurred_at)
    return deed


@transaction.atomic
def confirm_guarded(
    deed: GuardedDeed, *, acting_user: User, occurred_at: datetime | None = None
) -> tuple[PasswordTicket, str] | None:
    """The deed is done; for a code, the ticket and its secret, to be shown once."""
    current = _open(deed, "confirm", acting_user)
    _decide(current, "confirm", acting_user, occurred_at)
    asked_by, account = current.asked_by, current.account
    if current.kind == GuardedDeed.Kind.CODE:
        return accounts.issue_ticket(
            account,
            PasswordTicket.Kind.CODE,
            acting_user=asked_by,
            second_person=acting_user,
        )
    if current.kind == GuardedDeed.Kind.CONTACT:
        ways = {"email": current.email, "phone": current.phone}
        accounts.change_account(
            account, ways, acting_user=asked_by, second_person=acting_user
        )
    elif current.starts_on is not None:
        letter = Letter(current.letter_number, current.starts_on)
        assign(
            Role(current.role),
            account,
            letter,
            office=current.office,
            rank=current.rank,
            acting_user=asked_by,
            second_person=acting_user,
            occurred_at=occurred_at,
        )
    return None


@transaction.atomic
def decline_guarded(
    deed: GuardedDeed, reason: str, *, acting_user: User
) -> GuardedDeed:
    """The deed is not done, and the administrator reads why."""
    current = _open(deed, "decline", acting_user)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Say why, so that the administrator can act.")}
        )
    current.decision_note = reason
    _decide(current, "decline", acting_user, None)
    return current


# --- Inside ------------------------------------------------------------------


def _open(deed: GuardedDeed, verb: str, acting_user: User) -> GuardedDeed:
    """The deed under lock, if this user may be its second person now."""
    current = (
        GuardedDeed.objects.select_for_update(of=("self",))
        .select_related("office", "account", "asked_by")
        .get(pk=deed.pk)
    )
    row = GUARDED_DEED[verb]
    access.require(acting_user, row.capability, current)
    if acting_user.is_staff or acting_user.is_superuser:
        raise PermissionDenied(row.capability)
    if acting_user.pk in {current.asked_by_id, current.account_id}:
        raise PermissionDenied(row.capability)
    step(GUARDED_DEED, verb, current.status)
    return current


def _decide(
    deed: GuardedDeed, verb: str, acting_user: User, occurred_at: datetime | None
) -> None:
    deed.status = GUARDED_DEED[verb].target
    deed.decided_by, deed.decided_at = acting_user, occurred_at or timezone.now()
    deed.save(update_fields=["status", "decided_by", "decided_at", "decision_note"])
    telling.asker(deed, TOLD[verb], acting_user, occurred_at)
