"""Checks that writes to accounts and to their tickets share."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.transitions import IllegalTransition

NEEDS_SECOND_APPROVAL = gettext_lazy(
    "This person handles confidential reports. A second approval by somebody who is "
    "not an administrator is needed."
)


def lock_account(user: User) -> User:
    """Lock the row of the account and return it."""
    return lock_row(User.objects.all(), user.pk)


def refuse_stronger(acting_user: User, account: User) -> None:
    """Refuse operations on administrators' accounts by anybody but a superuser."""
    if (account.is_staff or account.is_superuser) and not acting_user.is_superuser:
        raise PermissionDenied


def require_approver(account: User, acting_user: User, approver: User | None) -> None:
    """Require an approver, who is no administrator, for a sensitive account."""
    if not account.is_sensitive:
        return
    if approver is None or approver.pk in {acting_user.pk, account.pk}:
        raise IllegalTransition(str(NEEDS_SECOND_APPROVAL))
    if approver.is_staff or approver.is_superuser or not approver.is_active:
        raise PermissionDenied
