"""Who speaks for an agency: appointed by an administrator, one or a whole list."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts import actions as accounts
from desabinaan.accounts.actions import FreshAccount
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.notices.kinds import Kind
from fgd.actions import telling
from fgd.actions.locks import locked_agencies
from fgd.models import Agency, FocalPoint
from fgd.selectors.focal_points import Finding, Wanted

APPOINT, CHANGE = "fgd.add_focalpoint", "fgd.change_focalpoint"
#: whoever appoints a list makes accounts and hands out their first links
APPOINT_MANY = (APPOINT, "accounts.add_user", "accounts.change_user")
ACCOUNT = ("username", "name", "email", "phone")


@transaction.atomic
def appoint(
    person: User,
    agency: Agency,
    starts_on: date,
    *,
    acting_user: User,
    position: str = "",
    ends_on: date | None = None,
    occurred_at: datetime | None = None,
) -> FocalPoint:
    """The person speaks for the agency from that day on, and is told so."""
    if not acting_user.has_perm(APPOINT):
        raise PermissionDenied(APPOINT)
    point = FocalPoint(
        user=person,
        agency=locked_agencies([agency.pk])[agency.pk],
        position=position,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    refuse(point, acting_user)
    point.full_clean(exclude=["user", "agency"])
    point.save()
    telling.of_term(point, Kind.FOCAL_POINT_BEGUN, acting_user, occurred_at)
    return point


@transaction.atomic
def change_term(
    point: FocalPoint, *, position: str, ends_on: date | None, acting_user: User
) -> FocalPoint:
    """Position and last day are these; of a new last day the person is told."""
    if not acting_user.has_perm(CHANGE):
        raise PermissionDenied(CHANGE)
    current = (
        FocalPoint.objects.select_for_update(of=("self",))
        .select_related("user", "agency")
        .get(pk=point.pk)
    )
    is_news = ends_on is not None and ends_on != current.ends_on
    current.position, current.ends_on = position, ends_on
    current.full_clean(exclude=["user", "agency"])
    current.save(update_fields=["position", "ends_on"])
    if is_news:
        telling.of_term(current, Kind.FOCAL_POINT_ENDED, acting_user)
    return current


@transaction.atomic
def appoint_all(
    found: Sequence[Finding], *, acting_user: User
) -> tuple[list[FocalPoint], list[FreshAccount]]:
    """All of them speak for their agencies, or, when one is refused, none does.

    Who has no account gets one, with a link that opens it once; an account that
    stands is left as it is, its address and its password above all.
    """
    if not acting_user.has_perms(APPOINT_MANY):
        raise PermissionDenied(APPOINT)
    locked_agencies(one.wanted.agency.pk for one in found)  # by number, for all
    points, fresh = [], []
    for one in found:
        try:
            account = one.account or _made(one.wanted, acting_user)
            points.append(_appointed(account, one.wanted, acting_user))
        except ValidationError as refusal:
            why = " ".join(refusal.messages)
            raise ValidationError(f"{one.wanted.name}: {why}") from refusal
        if one.account is None:
            fresh.append(_opened(account, acting_user))
    return points, fresh


def refuse(point: FocalPoint, acting_user: User) -> None:
    """ValidationError, by field, when this new term cannot be.

    Its agency was merged or is not confirmed, the account is closed or one's own, or
    the person speaks for the agency in that time already.
    """
    if point.user_id == acting_user.pk:
        told = _("Nobody grants a role to himself or herself.")
        raise ValidationError({"user": told})
    if not point.user.is_active:
        raise ValidationError({"user": _("This account is closed. Open it first.")})
    _refuse_gone(point.agency)
    _refuse_overlap(point)


# --- Inside ------------------------------------------------------------------


def _made(wanted: Wanted, acting_user: User) -> User:
    details = {name: getattr(wanted, name) for name in ACCOUNT}
    return accounts.create_account(acting_user=acting_user, **details)


def _appointed(account: User, wanted: Wanted, acting_user: User) -> FocalPoint:
    return appoint(
        account,
        wanted.agency,
        wanted.starts_on,
        acting_user=acting_user,
        position=wanted.position,
    )


def _opened(account: User, acting_user: User) -> FreshAccount:
    kind = PasswordTicket.Kind.LINK
    ticket, secret = accounts.issue_ticket(account, kind, acting_user=acting_user)
    return FreshAccount(account, ticket, secret)


def _refuse_gone(agency: Agency) -> None:
    if told := agency.why_closed():
        raise ValidationError({"agency": told})


def _refuse_overlap(point: FocalPoint) -> None:
    """Two terms of one person at one agency never cover the same day."""
    terms = point.agency.focal_points.filter(
        Q(ends_on=None) | Q(ends_on__gte=point.starts_on), user=point.user
    )
    if point.ends_on is not None:
        terms = terms.filter(starts_on__lte=point.ends_on)
    if terms.exists():
        told = _("This person already speaks for this agency in that time.")
        raise ValidationError({"user": told})
