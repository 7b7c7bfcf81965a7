"""Appointment of focal points by an administrator, one or a whole list."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts import services as account_services
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.notices.kinds import Kind
from fgd.agencies import notifications
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.selectors.focal_points import FocalPointFinding, WantedFocalPoint
from fgd.agencies.services.locking import locked_agencies

APPOINT, CHANGE = "agencies.add_focalpoint", "agencies.change_focalpoint"

#: permissions to appoint a list, create accounts and deliver their first links
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
    """Appoint and notify a focal point of the agency from that day on."""
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
    notifications.notify_of_term(
        point, Kind.FOCAL_POINT_BEGUN, acting_user, occurred_at
    )
    return point


@transaction.atomic
def change_term(
    point: FocalPoint, *, position: str, ends_on: date | None, acting_user: User
) -> FocalPoint:
    """Change position and last day; notify the person of a new last day."""
    if not acting_user.has_perm(CHANGE):
        raise PermissionDenied(CHANGE)
    current = lock_row(FocalPoint.objects.select_related("user", "agency"), point.pk)
    is_news = ends_on is not None and ends_on != current.ends_on
    current.position, current.ends_on = position, ends_on
    current.full_clean(exclude=["user", "agency"])
    current.save(update_fields=["position", "ends_on"])
    if is_news:
        notifications.notify_of_term(current, Kind.FOCAL_POINT_ENDED, acting_user)
    return current


@transaction.atomic
def appoint_all(
    found: Sequence[FocalPointFinding], *, acting_user: User
) -> tuple[list[FocalPoint], list[User]]:
    """Appoint all of these people, or none when one is refused.

    People without an account get one: return the terms and the new accounts. An
    existing account is not changed, neither its address nor its password.
    """
    if not acting_user.has_perms(APPOINT_MANY):
        raise PermissionDenied(APPOINT)
    # All at once, in the order of ids.
    locked_agencies(one.wanted.agency.pk for one in found)
    points, opened = [], []
    for one in found:
        try:
            account = one.account or _made(one.wanted, acting_user)
            points.append(_appointed(account, one.wanted, acting_user))
        except ValidationError as refusal:
            why = " ".join(refusal.messages)
            raise ValidationError(f"{one.wanted.name}: {why}") from refusal
        if one.account is None:
            opened.append(account)
    return points, opened


def refuse(point: FocalPoint, acting_user: User) -> None:
    """ValidationError, by field, when the person cannot be appointed.

    Either the agency was merged or is not confirmed, or the account is closed or one's
    own, or the person already represents the agency in that time.
    """
    if point.user_id == acting_user.pk:
        message = _("Nobody grants a role to himself or herself.")
        raise ValidationError({"user": message})
    if not point.user.is_active:
        raise ValidationError({"user": _("This account is closed. Open it first.")})
    if reason := point.agency.why_closed():
        raise ValidationError({"agency": reason})
    _refuse_overlap(point)


def _made(wanted: WantedFocalPoint, acting_user: User) -> User:
    details = {name: getattr(wanted, name) for name in ACCOUNT}
    return account_services.create_account(acting_user=acting_user, **details)


def _appointed(
    account: User, wanted: WantedFocalPoint, acting_user: User
) -> FocalPoint:
    return appoint(
        account,
        wanted.agency,
        wanted.starts_on,
        acting_user=acting_user,
        position=wanted.position,
    )


def _refuse_overlap(point: FocalPoint) -> None:
    """ValidationError when the person has another term there at that time."""
    terms = point.agency.focal_points.filter(
        Q(ends_on=None) | Q(ends_on__gte=point.starts_on), user=point.user
    )
    if point.ends_on is not None:
        terms = terms.filter(starts_on__lte=point.ends_on)
    if terms.exists():
        message = _("This person is already a focal point of this agency in that time.")
        raise ValidationError({"user": message})
