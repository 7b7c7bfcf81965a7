"""Every write to the one-time tickets by which people set their own password.

Who may have a code issued depends on a place (a village, an office, an agency): the
services of those apps ask `access.require` first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from axes.utils import reset as reset_failed_sign_ins
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from desabinaan.accounts import passwords
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.querysets import MAX_WRONG_TRIES
from desabinaan.accounts.selectors import links_lately
from desabinaan.accounts.services.checks import (
    lock_account,
    refuse_stronger,
    require_approver,
)
from desabinaan.accounts.services.passwords import end_tickets, set_password
from desabinaan.lib.workflow.transitions import IllegalTransition

MOST_LINKS_PER_HOUR = 3


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A new account with its ticket and the secret, which is shown once."""

    account: User
    ticket: PasswordTicket
    secret: str


@transaction.atomic
def issue_ticket(
    user: User,
    kind: str,
    *,
    acting_user: User | None,
    approver: User | None = None,
) -> tuple[PasswordTicket, str]:
    """Issue a ticket and return its secret; end older ones of its kind.

    `acting_user` is None when somebody forgot the password and requests a link. A
    ticket of a sensitive account needs an `approver`.
    """
    return _issue(lock_account(user), kind, acting_user, approver)


@transaction.atomic
def issue_tickets(
    users: Sequence[User], kind: str, *, acting_user: User
) -> list[NewAccount]:
    """Issue a ticket of this kind for each of the new accounts."""
    rows = User.objects.select_for_update(of=("self",)).order_by("pk")
    current = rows.in_bulk([user.pk for user in users])
    return [
        NewAccount(user, *_issue(current[user.pk], kind, acting_user, None))
        for user in users
    ]


def _issue(
    current: User, kind: str, acting_user: User | None, approver: User | None
) -> tuple[PasswordTicket, str]:
    """Issue a ticket of an account that is locked."""
    if acting_user is not None:
        refuse_stronger(acting_user, current)
        require_approver(current, acting_user, approver)
    if not current.is_active:
        raise IllegalTransition(_("This account is closed. Open it first."))
    end_tickets(current, kind)
    secret, fingerprint, hours = _new_secret(current, kind)
    ticket = PasswordTicket.objects.create(
        user=current,
        kind=kind,
        secret_hash=fingerprint,
        issued_by=acting_user,
        expires_at=timezone.now() + timedelta(hours=hours),
    )
    return ticket, secret


@transaction.atomic
def request_link(username: str) -> tuple[User, str] | None:
    """Return the account and the secret of a new link; None if none may be sent."""
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None or not user.email or links_lately(user) >= MOST_LINKS_PER_HOUR:
        return None
    _ticket, secret = issue_ticket(user, PasswordTicket.Kind.LINK, acting_user=None)
    return user, secret


@transaction.atomic
def try_code(username: str, typed: str) -> PasswordTicket | None:
    """Return the ticket of this code; None, and one try fewer, if it is wrong."""
    ticket = (
        PasswordTicket.objects.open()
        .filter(
            kind=PasswordTicket.Kind.CODE,
            user__username=username.lower(),
            user__is_active=True,
        )
        .select_for_update(of=("self",))
        .first()
    )
    if ticket is None:
        return None
    given = passwords.fingerprint(passwords.plain_code(typed), of=ticket.user_id)
    if constant_time_compare(given, ticket.secret_hash):
        return ticket
    ticket.wrong_tries += 1
    if ticket.wrong_tries >= MAX_WRONG_TRIES:
        ticket.ended_at = timezone.now()
    ticket.save(update_fields=["wrong_tries", "ended_at"])
    return None


@transaction.atomic
def use_ticket(ticket_id: int, password: str) -> User:
    """Set the password of the ticket's holder; end the ticket and all sessions.

    The caller has verified the ticket's secret in this browser.
    """
    ticket = (
        PasswordTicket.objects.open()
        .filter(pk=ticket_id, user__is_active=True)
        .select_for_update(of=("self",))
        .first()
    )
    if ticket is None:
        raise IllegalTransition(
            _("This link or code has been used or has expired. Ask for a new one.")
        )
    user = lock_account(ticket.user)
    set_password(user, password)
    reset_failed_sign_ins(username=user.username)
    return user


def _new_secret(user: User, kind: str) -> tuple[str, str, int]:
    """Return a new secret, its stored fingerprint, and its validity in hours."""
    if kind == PasswordTicket.Kind.LINK:
        token = passwords.fresh_token()
        return token, passwords.fingerprint(token), settings.PASSWORD_LINK_HOURS
    code = passwords.fresh_code()
    stored = passwords.fingerprint(code, of=user.pk)
    return code, stored, settings.OFFICE_CODE_HOURS
