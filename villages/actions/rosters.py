"""Accounts for many at once: asked for as one deed, approved as one deed."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.actions import FreshAccount
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.transitions import IllegalTransition
from villages.actions.account_requests import (
    DETAILS,
    approve_request,
    request_account,
)
from villages.models import AccountRequest
from villages.selectors.rosters import Wanted


@transaction.atomic
def request_accounts(
    wanted: Iterable[Wanted], *, acting_user: User
) -> list[AccountRequest]:
    """All of them wait for the Kanwil, or, when one is refused, none does."""
    return [_request(one, acting_user) for one in wanted]


@transaction.atomic
def approve_requests(
    requests: Sequence[AccountRequest], *, acting_user: User
) -> list[FreshAccount]:
    """All accounts stand, each with a link that opens it once; or none does."""
    return [_approve(request, acting_user) for request in requests]


def _request(one: Wanted, acting_user: User) -> AccountRequest:
    details = {name: getattr(one, name) for name in DETAILS}
    try:
        return request_account(one.role, one.place, details, acting_user=acting_user)
    except ValidationError as refusal:
        why = " ".join(refusal.messages)
        raise ValidationError(f"{one.name}: {why}") from refusal


def _approve(request: AccountRequest, acting_user: User) -> FreshAccount:
    try:
        return approve_request(
            request, acting_user=acting_user, kind=PasswordTicket.Kind.LINK
        )
    except IllegalTransition as refusal:
        text = _("Nothing was approved, because of %(name)s: %(why)s")
        told = text % {"name": request.name, "why": refusal}
        raise IllegalTransition(told) from refusal
