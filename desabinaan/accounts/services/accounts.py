"""Every write to accounts; nobody sets another person's password.

Who may create an account depends on a place (a village, an office, an agency): the
services of those apps ask `access.require` first.
"""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import mail
from desabinaan.accounts.models import WAYS_IN, PasswordTicket, User
from desabinaan.accounts.services.checks import (
    lock_account,
    refuse_stronger,
    require_approver,
)
from desabinaan.accounts.services.passwords import end_tickets
from desabinaan.lib.workflow.transitions import IllegalTransition

PERSONAL = frozenset({"name", "email", "phone", "language"})
ADMINISTRATIVE = frozenset({"username", "is_active"})
PRIVILEGES = frozenset({"is_staff", "is_superuser"})


@transaction.atomic
def create_account(*, acting_user: User, username: str, **details: Any) -> User:
    """Create an account without a password; its owner sets one with a ticket.

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
    """Create an invented person; only in the demonstration."""
    if not settings.DEMO:
        raise PermissionDenied
    account = User(username=username, **details)
    account.password = _hashed_once(settings.DEMO_PASSWORD)
    _save_new(account)
    return account


@transaction.atomic
def change_account(
    account: User,
    values: Mapping[str, Any],
    *,
    acting_user: User,
    approver: User | None = None,
) -> User:
    """Change one's own details, or any field as an administrator.

    Contact data and user name of a sensitive account change only with an `approver`.
    Another e-mail or telephone ends all sessions and links of the account.
    """
    _refuse_other_fields(values, PERSONAL | ADMINISTRATIVE | PRIVILEGES)
    current = lock_account(account)
    if PRIVILEGES & values.keys() and not acting_user.is_superuser:
        raise PermissionDenied
    if current.pk != acting_user.pk or not values.keys() <= PERSONAL:
        _require_administrator(acting_user, current)
        if WAYS_IN & values.keys():
            require_approver(current, acting_user, approver)
    if current.pk == acting_user.pk and _would_lock_out(values):
        raise IllegalTransition(
            _("You cannot close your own account or give up its rights.")
        )
    old_email, contact = current.email, _contact(current)
    _write(current, values)
    if not current.is_active:
        end_tickets(current)
    if _contact(current) != contact:
        end_tickets(current, PasswordTicket.Kind.LINK)
        addresses = {old_email, current.email} - {""}
        transaction.on_commit(
            partial(mail.send_contact_changed, current.language, sorted(addresses))
        )
    return current


def deactivate(account: User, *, acting_user: User) -> User:
    """Close the account and end its tickets and sessions."""
    return change_account(account, {"is_active": False}, acting_user=acting_user)


def activate(account: User, *, acting_user: User) -> User:
    """Open the account again; its old sessions stay closed."""
    return change_account(account, {"is_active": True}, acting_user=acting_user)


@transaction.atomic
def mark_sensitive(account: User) -> None:
    """Require a second approval for this account from now on."""
    current = lock_account(account)
    current.is_sensitive = True
    current.save(update_fields=["is_sensitive"])


@transaction.atomic
def set_language(user: User, language: str, *, acting_user: User) -> None:
    """Change the language in which the portal addresses this user."""
    change_account(user, {"language": language}, acting_user=acting_user)


@cache
def _hashed_once(password: str) -> str:
    """Hash the shared password once: hashing is slow on purpose."""
    return make_password(password)


def _refuse_other_fields(values: Mapping[str, Any], known: frozenset[str]) -> None:
    if strange := values.keys() - known:
        raise TypeError(f"not a field of an account: {', '.join(sorted(strange))}")


def _require_administrator(acting_user: User, account: User) -> None:
    if not (acting_user.is_active and acting_user.has_perm("accounts.change_user")):
        raise PermissionDenied
    refuse_stronger(acting_user, account)


def _would_lock_out(values: Mapping[str, Any]) -> bool:
    return any(values.get(name) is False for name in PRIVILEGES | {"is_active"})


def _save_new(account: User) -> None:
    account.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        _refuse_taken_name()


def _contact(account: User) -> tuple[str, str]:
    return account.email, account.phone


def _write(account: User, values: Mapping[str, Any]) -> None:
    was_active, contact = account.is_active, _contact(account)
    for name, value in values.items():
        setattr(account, name, value)
    account.full_clean(exclude=["password"])
    is_closed = was_active and not account.is_active
    if is_closed or _contact(account) != contact:
        account.sessions_ended_at = timezone.now()
    try:
        with transaction.atomic():
            account.save(update_fields=[*values, "sessions_ended_at"])
    except IntegrityError:
        _refuse_taken_name()


def _refuse_taken_name() -> None:
    taken = _("This user name is taken. Choose another one.")
    raise ValidationError({"username": [taken]}) from None
