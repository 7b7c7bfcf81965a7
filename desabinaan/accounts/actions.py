"""Every write to accounts and their one-time tickets. Nobody sets another's password.

Who may create an account or have a code issued depends on a place (a village, an
office, an agency); the callers upstairs ask `access.require` there first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import axes.utils
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts import passwords
from desabinaan.accounts.models import ExportEvent, PasswordTicket, User
from desabinaan.accounts.querysets import MAX_WRONG_TRIES
from desabinaan.accounts.selectors import links_lately
from desabinaan.lib.transitions import IllegalTransition

PERSONAL = frozenset({"name", "email", "phone", "language"})
ADMINISTRATIVE = frozenset({"username", "is_active"})
PRIVILEGES = frozenset({"is_staff", "is_superuser"})
#: what leads to an account: whoever could set it could enter
WAYS_IN = frozenset({"username", "email", "phone"})
SECOND_PERSON_WANTED = gettext_lazy(
    "This person guards confidential reports. "
    "A second person outside administration must confirm this."
)
MOST_LINKS_PER_HOUR = 3


@dataclass(frozen=True, slots=True)
class FreshAccount:
    """A new account, its ticket and the secret of it, to be passed on once."""

    account: User
    ticket: PasswordTicket
    secret: str


# --- Accounts ----------------------------------------------------------------


@transaction.atomic
def create_account(*, acting_user: User, username: str, **details: Any) -> User:
    """An account stands that has no password: its owner sets one by a ticket.

    `details` are name, e-mail, phone and language.
    """
    _refuse_other_fields(details, PERSONAL)
    if not acting_user.is_active:
        raise PermissionDenied
    account = User(username=username.strip().lower(), **details)
    account.set_unusable_password()
    _save_new(account)
    return account


@transaction.atomic
def create_demonstration_account(*, username: str, **details: Any) -> User:
    """An invented person with the demonstration's password; only there."""
    if not settings.DEMO:
        raise PermissionDenied
    account = User(username=username, is_demonstration=True, **details)
    account.password = _hashed_once(settings.DEMO_PASSWORD)
    _save_new(account)
    return account


@transaction.atomic
def change_account(
    account: User,
    values: Mapping[str, Any],
    *,
    acting_user: User,
    second_person: User | None = None,
) -> User:
    """The account holds `values`; one's own details, or anything as administrator.

    What leads into a guarded account changes only with a `second_person`.
    """
    _refuse_other_fields(values, PERSONAL | ADMINISTRATIVE | PRIVILEGES)
    current = _locked(account)
    if PRIVILEGES & values.keys() and not acting_user.is_superuser:
        raise PermissionDenied
    if current.pk != acting_user.pk or not values.keys() <= PERSONAL:
        _require_administrator(acting_user, current)
        if WAYS_IN & values.keys():
            _refuse_alone(current, acting_user, second_person)
    if current.pk == acting_user.pk and _would_lock_out(values):
        raise IllegalTransition(
            _("You cannot close your own account or give up its rights.")
        )
    _write(current, values)
    if not current.is_active:
        _end_tickets(current)
    return current


def deactivate(account: User, *, acting_user: User) -> User:
    """The account is closed from the next request on, its tickets are dead."""
    return change_account(account, {"is_active": False}, acting_user=acting_user)


def activate(account: User, *, acting_user: User) -> User:
    """The account is open again; its old sessions stay closed."""
    return change_account(account, {"is_active": True}, acting_user=acting_user)


@transaction.atomic
def guard(account: User) -> None:
    """The account opens only with a second person, now that it guards reports."""
    current = _locked(account)
    current.is_guarded = True
    current.save(update_fields=["is_guarded"])


@transaction.atomic
def set_language(user: User, language: str, *, acting_user: User) -> None:
    """The portal speaks `language` to this person."""
    change_account(user, {"language": language}, acting_user=acting_user)


# --- Passwords and sessions --------------------------------------------------


@transaction.atomic
def change_password(user: User, password: str, *, acting_user: User) -> User:
    """One's own password is new; every session and ticket from before is dead."""
    if user.pk != acting_user.pk:
        raise PermissionDenied
    current = _locked(user)
    _set_password(current, password)
    return current


@transaction.atomic
def end_sessions(user: User, *, acting_user: User) -> User:
    """Every device on which this person was signed in has to sign in again."""
    if user.pk != acting_user.pk:
        raise PermissionDenied
    current = _locked(user)
    current.sessions_ended_at = timezone.now()
    current.save(update_fields=["sessions_ended_at"])
    return current


def _set_password(user: User, password: str) -> None:
    passwords.refuse_weak(password, user)
    user.set_password(password)
    user.sessions_ended_at = timezone.now()
    user.save(update_fields=["password", "sessions_ended_at"])
    _end_tickets(user)


# --- Tickets -----------------------------------------------------------------


@transaction.atomic
def issue_ticket(
    user: User,
    kind: str,
    *,
    acting_user: User | None,
    second_person: User | None = None,
) -> tuple[PasswordTicket, str]:
    """A fresh ticket and its secret, to be shown once; older ones of its kind are dead.

    `acting_user` is None where somebody forgot the password and asks for a link. A
    guarded account's ticket takes a `second_person`.
    """
    current = _locked(user)
    if acting_user is not None:
        _refuse_stronger(acting_user, current)
        _refuse_alone(current, acting_user, second_person)
    if not current.is_active:
        raise IllegalTransition(_("This account is closed. Open it first."))
    _end_tickets(current, kind)
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
def ask_for_link(username: str) -> tuple[User, str] | None:
    """The account and the secret of its new link; None where none may be sent."""
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None or not user.email or links_lately(user) >= MOST_LINKS_PER_HOUR:
        return None
    _ticket, secret = issue_ticket(user, PasswordTicket.Kind.LINK, acting_user=None)
    return user, secret


@transaction.atomic
def try_code(username: str, typed: str) -> PasswordTicket | None:
    """The ticket this code opens; None, and one try fewer, when it opens none."""
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
    """The ticket's holder has this password; ticket and sessions from before are dead.

    The caller has seen the ticket's secret in this browser.
    """
    ticket = (
        PasswordTicket.objects.open()
        .filter(pk=ticket_id, user__is_active=True)
        .select_for_update(of=("self",))
        .first()
    )
    if ticket is None:
        raise IllegalTransition(
            _("This link or code was used before or is too old. Ask for a new one.")
        )
    user = _locked(ticket.user)
    _set_password(user, password)
    axes.utils.reset(username=user.username)
    return user


# --- Inside ------------------------------------------------------------------


@cache
def _hashed_once(password: str) -> str:
    """The demonstration's thirty accounts share it: each hash is slow on purpose."""
    return make_password(password)


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _refuse_other_fields(values: Mapping[str, Any], known: frozenset[str]) -> None:
    if strange := values.keys() - known:
        raise TypeError(f"not a field of an account: {', '.join(sorted(strange))}")


def _require_administrator(acting_user: User, account: User) -> None:
    if not (acting_user.is_active and acting_user.has_perm("accounts.change_user")):
        raise PermissionDenied
    _refuse_stronger(acting_user, account)


def _refuse_stronger(acting_user: User, account: User) -> None:
    """Who sets an administrator's account in motion must be one: no way upwards."""
    if (account.is_staff or account.is_superuser) and not acting_user.is_superuser:
        raise PermissionDenied


def _refuse_alone(account: User, acting_user: User, second: User | None) -> None:
    """One person alone opens no guarded account, an administrator least of all."""
    if not account.is_guarded:
        return
    if second is None or second.pk in {acting_user.pk, account.pk}:
        raise IllegalTransition(str(SECOND_PERSON_WANTED))
    if second.is_staff or second.is_superuser or not second.is_active:
        raise PermissionDenied


def _would_lock_out(values: Mapping[str, Any]) -> bool:
    return any(values.get(name) is False for name in PRIVILEGES | {"is_active"})


def _save_new(account: User) -> None:
    account.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        _tell_taken()


def _write(account: User, values: Mapping[str, Any]) -> None:
    was_active = account.is_active
    for name, value in values.items():
        setattr(account, name, value)
    if was_active and not account.is_active:
        account.sessions_ended_at = timezone.now()
    account.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            account.save(update_fields=[*values, "sessions_ended_at"])
    except IntegrityError:
        _tell_taken()


def _tell_taken() -> None:
    taken = _("This user name is taken. Choose another one.")
    raise ValidationError({"username": [taken]}) from None


def _end_tickets(user: User, kind: str | None = None) -> None:
    tickets = user.password_tickets.filter(ended_at=None)
    if kind is not None:
        tickets = tickets.filter(kind=kind)
    tickets.update(ended_at=timezone.now())


def _new_secret(user: User, kind: str) -> tuple[str, str, int]:
    if kind == PasswordTicket.Kind.LINK:
        token = passwords.fresh_token()
        return token, passwords.fingerprint(token), settings.PASSWORD_LINK_HOURS
    code = passwords.fresh_code()
    stored = passwords.fingerprint(code, of=user.pk)
    return code, stored, settings.OFFICE_CODE_HOURS


# --- Downloads ---------------------------------------------------------------


def record_export(
    listed: str, kind: str, *, filters: Mapping[str, str], rows: int, acting_user: User
) -> ExportEvent:
    """It stands in the log that this person took so many rows of the list along."""
    return ExportEvent.objects.create(
        actor=acting_user,
        verb="export",
        listed=listed,
        kind=kind,
        filters=dict(filters),
        rows=rows,
    )
