"""Every write to a password or to the sessions of an account."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from desabinaan.accounts import passwords
from desabinaan.accounts.models import User
from desabinaan.accounts.services.checks import lock_account


@transaction.atomic
def change_password(user: User, password: str, *, acting_user: User) -> User:
    """Change one's own password; end all other sessions and all tickets."""
    if user.pk != acting_user.pk:
        raise PermissionDenied
    current = lock_account(user)
    set_password(current, password)
    return current


@transaction.atomic
def end_sessions(user: User, *, acting_user: User) -> User:
    """Sign this user out of every device."""
    if user.pk != acting_user.pk:
        raise PermissionDenied
    current = lock_account(user)
    current.sessions_ended_at = timezone.now()
    current.save(update_fields=["sessions_ended_at"])
    return current


def set_password(user: User, password: str) -> None:
    """Set the password; end all sessions and all tickets of the user."""
    passwords.refuse_weak(password, user)
    user.set_password(password)
    user.sessions_ended_at = timezone.now()
    user.save(update_fields=["password", "sessions_ended_at"])
    end_tickets(user)


def end_tickets(user: User, kind: str | None = None) -> None:
    """End the user's tickets, or those of one kind."""
    tickets = user.password_tickets.filter(ended_at=None)
    if kind is not None:
        tickets = tickets.filter(kind=kind)
    tickets.update(ended_at=timezone.now())
