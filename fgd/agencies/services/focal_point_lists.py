"""Appoint the focal points of an uploaded list, and issue links for their accounts."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desabinaan.accounts import services as account_services
from desabinaan.accounts.admin_log import log_added
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.services import NewAccount
from fgd.agencies.models import FocalPointList
from fgd.agencies.selectors.focal_points import FocalPointFinding, accounts_never_used
from fgd.agencies.services.focal_points import APPOINT_MANY, appoint_all


@transaction.atomic
def appoint_list(
    upload: FocalPointList, found: Sequence[FocalPointFinding], *, acting_user: User
) -> None:
    """Appoint all of these people; remember which accounts are new, and log both."""
    points, opened = appoint_all(found, acting_user=acting_user)
    upload.new_accounts.add(*opened)
    log_added([*points, *opened], acting_user)


@transaction.atomic
def issue_links(upload: FocalPointList, *, acting_user: User) -> list[NewAccount]:
    """Issue a link for each new account of the list with which nobody signed in yet.

    Earlier links of these accounts end.
    """
    is_own = upload.uploaded_by_id == acting_user.pk
    if not (is_own and acting_user.has_perms(APPOINT_MANY)):
        raise PermissionDenied(APPOINT_MANY[0])
    accounts = list(accounts_never_used(upload))
    kind = PasswordTicket.Kind.LINK
    return account_services.issue_tickets(accounts, kind, acting_user=acting_user)
