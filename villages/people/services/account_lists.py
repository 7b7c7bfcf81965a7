"""Request or approve several accounts in one transaction."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from desabinaan.accounts import services as account_services
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.services import NewAccount
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.people.models import AccountRequest
from villages.people.selectors.account_lists import WantedAccount
from villages.people.services.account_requests import (
    DETAILS,
    grant_account,
    locked_requests,
    locked_villages_of,
    refuse_decision,
    request_account,
)
from villages.register.models import Village


@transaction.atomic
def request_accounts(
    wanted: Iterable[WantedAccount], *, acting_user: User
) -> list[AccountRequest]:
    """Request all of the accounts, or none if one is refused."""
    requested = list(wanted)
    villages = [one.place for one in requested if isinstance(one.place, Village)]
    prefetch_related_objects(villages, "office")
    return [_request(one, acting_user) for one in requested]


@transaction.atomic
def approve_requests(
    requests: Sequence[AccountRequest], *, acting_user: User
) -> list[NewAccount]:
    """Create all accounts, each with a one-time link, or none if one is refused."""
    current = locked_requests(requests)
    villages = locked_villages_of(current)
    granted = [_grant(request, villages, acting_user) for request in current]
    kind = PasswordTicket.Kind.LINK
    return account_services.issue_tickets(granted, kind, acting_user=acting_user)


def _request(one: WantedAccount, acting_user: User) -> AccountRequest:
    details = {name: getattr(one, name) for name in DETAILS}
    try:
        return request_account(one.role, one.place, details, acting_user=acting_user)
    except ValidationError as refusal:
        why = " ".join(refusal.messages)
        raise ValidationError(f"{one.name}: {why}") from refusal


def _grant(
    request: AccountRequest, villages: Mapping[int, Village], acting_user: User
) -> User:
    try:
        refuse_decision(request, "approve", acting_user)
        return grant_account(request, villages, acting_user)
    except IllegalTransition as refusal:
        text = _("Nothing was approved, because of %(name)s: %(why)s")
        message = text % {"name": request.name, "why": refusal}
        raise IllegalTransition(message) from refusal
