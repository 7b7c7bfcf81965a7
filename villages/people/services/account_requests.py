"""Request an account; approve or decline the request."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts import services as account_services
from desabinaan.accounts.access import Role
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.services import NewAccount
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.notices.kinds import Kind
from villages.people import notifications
from villages.people.models import AccountRequest
from villages.people.workflow import ACCOUNT_REQUEST
from villages.places.models import Office
from villages.register.models import Village
from villages.register.services.assignments import Letter, assign_at_locked_place
from villages.register.services.villages import locked_together

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
    """Create a request that the Kanwil decides on; `details` holds DETAILS."""
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
            {
                "username": _(
                    "An account with this user name has already been requested."
                )
            }
        ) from twice
    notifications.notify_deciders(request, acting_user, occurred_at)
    return request


@transaction.atomic
def approve_request(
    request: AccountRequest,
    *,
    acting_user: User,
    kind: str = "",
    occurred_at: datetime | None = None,
) -> NewAccount:
    """Create the account with its assignment and a ticket to set the password.

    Without `kind` the ticket is a link if there is an e-mail address, else a code.
    """
    [current] = locked_requests([request])
    refuse_decision(current, "approve", acting_user)
    villages = locked_villages_of([current])
    account = grant_account(current, villages, acting_user, occurred_at)
    usual = PasswordTicket.Kind.LINK if account.email else PasswordTicket.Kind.CODE
    ticket, secret = account_services.issue_ticket(
        account, kind or usual, acting_user=acting_user
    )
    return NewAccount(account, ticket, secret)


@transaction.atomic
def decline_request(
    request: AccountRequest,
    reason: str,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AccountRequest:
    """Decline the request with a reason for the office that made it."""
    [current] = locked_requests([request])
    refuse_decision(current, "decline", acting_user)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Give a reason, so that the office can act.")}
        )
    current.decision_note = reason
    _decide(current, "decline", acting_user, occurred_at)
    notifications.notify_requesting_office(
        current, Kind.ACCOUNT_DECLINED, acting_user, occurred_at
    )
    return current


# --- Decisions on requests that are locked -----------------------------------


def locked_requests(requests: Sequence[AccountRequest]) -> list[AccountRequest]:
    """Return the requests in their order, read and locked in one query."""
    rows = (
        AccountRequest.objects.select_for_update(of=("self",))
        .select_related("requesting_office", "village__office")
        .order_by("pk")
        .in_bulk([request.pk for request in requests])
    )
    return [rows[request.pk] for request in requests]


def locked_villages_of(requests: Iterable[AccountRequest]) -> dict[int, Village]:
    """Lock the villages that the requests name; return them by id."""
    rows = locked_together(one.village for one in requests if one.village)
    return {village.pk: village for village in rows}


def refuse_decision(request: AccountRequest, verb: str, acting_user: User) -> None:
    """Raise unless this user may decide on the request now."""
    row = ACCOUNT_REQUEST[verb]
    access.require(acting_user, row.capability, request.requesting_office)
    if request.requested_by_id == acting_user.pk:
        raise PermissionDenied(row.capability)
    check_transition(ACCOUNT_REQUEST, verb, request.status, request)


def grant_account(
    request: AccountRequest,
    villages: Mapping[int, Village],
    acting_user: User,
    occurred_at: datetime | None = None,
) -> User:
    """Create the account and assign it in one of the locked villages or an office."""
    account = _account(request, acting_user)
    village = villages[request.village_id] if request.village_id else None
    assign_at_locked_place(
        Role(request.role),
        account,
        Letter(request.letter_number, request.starts_on),
        village=village,
        office=None if village else request.requesting_office,
        acting_user=acting_user,
        occurred_at=occurred_at,
    )
    request.account = account
    _decide(request, "approve", acting_user, occurred_at)
    notifications.notify_requesting_office(
        request, Kind.ACCOUNT_APPROVED, acting_user, occurred_at
    )
    return account


# --- Inside ------------------------------------------------------------------


def _account(request: AccountRequest, acting_user: User) -> User:
    try:
        return account_services.create_account(
            username=request.username,
            name=request.name,
            email=request.email,
            phone=request.phone,
            acting_user=acting_user,
        )
    except ValidationError as refusal:
        raise IllegalTransition(
            _(
                "The account was not created: %(why)s Decline this request and ask "
                "for a new one."
            )
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
                    "An account with this user name already exists. Choose another "
                    "name or, if it is the same person, assign the existing account."
                )
            }
        )
