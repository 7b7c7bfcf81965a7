"""A Kanim asks for an account, the Kanwil above approves or declines it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts import actions as accounts
from desabinaan.accounts.access import Role
from desabinaan.accounts.actions import FreshAccount
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.transitions import IllegalTransition, step
from desabinaan.notices.kinds import Kind
from villages.actions import telling
from villages.actions.assignments import Letter, assign
from villages.models import AccountRequest, Office, Village
from villages.workflow import ACCOUNT_REQUEST

DETAILS = ("username", "name", "email", "phone", "letter_number", "starts_on")


@transaction.atomic
def request_account(
    role: Role,
    place: Village | Office,
    details: Mapping[str, Any],
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AccountRequest:
    """The request waits for the Kanwil; `details` holds DETAILS."""
    village = place if isinstance(place, Village) else None
    office = place.office if isinstance(place, Village) else place
    access.require(acting_user, "account.request", office)
    known = {name: details[name] for name in DETAILS if name in details}
    request = AccountRequest(
        role=role,
        village=village,
        requesting_office=office,
        requested_by=acting_user,
        requested_at=occurred_at or timezone.now(),
        **known,
    )
    _refuse_taken(request.username)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as twice:
        raise ValidationError(
            {"username": _("An account with this user name is already asked for.")}
        ) from twice
    telling.deciders(request, acting_user, occurred_at)
    return request


@transaction.atomic
def approve_request(
    request: AccountRequest,
    *,
    acting_user: User,
    kind: str = "",
    occurred_at: datetime | None = None,
) -> FreshAccount:
    """The account stands with its assignment, and a ticket to set the password.

    The ticket is of this `kind`, or else a link where there is an address to send
    it to, and a code where there is none.
    """
    current = _open(request, "approve", acting_user)
    account = _account(current, acting_user)
    office = None if current.village else current.requesting_office
    assign(
        Role(current.role),
        account,
        Letter(current.letter_number, current.starts_on),
        village=current.village,
        office=office,
        acting_user=acting_user,
        occurred_at=occurred_at,
    )
    current.account = account
    _decide(current, "approve", acting_user, occurred_at)
    telling.asking_office(current, Kind.ACCOUNT_APPROVED, acting_user, occurred_at)
    usual = PasswordTicket.Kind.LINK if account.email else PasswordTicket.Kind.CODE
    ticket, secret = accounts.issue_ticket(
        account, kind or usual, acting_user=acting_user
    )
    return FreshAccount(account, ticket, secret)


@transaction.atomic
def decline_request(
    request: AccountRequest,
    reason: str,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AccountRequest:
    """The request is declined, and the office reads why."""
    current = _open(request, "decline", acting_user)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that the office can act.")})
    current.decision_note = reason
    _decide(current, "decline", acting_user, occurred_at)
    telling.asking_office(current, Kind.ACCOUNT_DECLINED, acting_user, occurred_at)
    return current


# --- Inside ------------------------------------------------------------------


def _open(request: AccountRequest, verb: str, acting_user: User) -> AccountRequest:
    """The request under lock, if this user may decide on it now."""
    current = (
        AccountRequest.objects.select_for_update(of=("self",))
        .select_related("requesting_office", "village__office")
        .get(pk=request.pk)
    )
    row = ACCOUNT_REQUEST[verb]
    access.require(acting_user, row.capability, current.requesting_office)
    if current.requested_by_id == acting_user.pk:
        raise PermissionDenied(row.capability)
    step(ACCOUNT_REQUEST, verb, current.status)
    return current


def _account(request: AccountRequest, acting_user: User) -> User:
    try:
        return accounts.create_account(
            username=request.username,
            name=request.name,
            email=request.email,
            phone=request.phone,
            acting_user=acting_user,
        )
    except ValidationError as refusal:
        raise IllegalTransition(
            _("The account was not made: %(why)s Decline, and ask for a new request.")
            % {"why": " ".join(refusal.messages)}
        ) from refusal


def _decide(
    request: AccountRequest,
    verb: str,
    acting_user: User,
    occurred_at: datetime | None,
) -> None:
    request.status = ACCOUNT_REQUEST[verb].target
    request.decided_by = acting_user
    request.decided_at = occurred_at or timezone.now()
    request.save(
        update_fields=["status", "decided_by", "decided_at", "decision_note", "account"]
    )


def _refuse_taken(username: str) -> None:
    if User.objects.filter(username=username).exists():
        raise ValidationError(
            {
                "username": _(
                    "An account with this user name stands already. Choose another "
                    "name; for the same person, assign the account that stands."
                )
            }
        )
