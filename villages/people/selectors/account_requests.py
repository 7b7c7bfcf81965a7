"""Account requests as rows, and the offices where this user requests accounts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.people.models import AccountRequest
from villages.places.models import Office
from villages.places.permissions import roles_for

#: limit of requests that are sent, or approved, at once
MOST_AT_ONCE = 150
COLUMNS = (
    "id",
    "name",
    "role",
    "status",
    "requested_at",
    "village__name",
    "village__district_name",
    "requesting_office__short_name",
)


def requesting_offices(user: Actor) -> list[Office]:
    """Return the offices for which this user requests accounts."""
    return list(Office.objects.open_for(user, "account.request"))


def has_part_in_requests(user: Actor) -> bool:
    user_roles = roles_for(user)
    return any(map(user_roles.offices, ("account.request", "account.approve")))


def require_part_in_requests(user: Actor) -> None:
    """Raise PermissionDenied unless `user` requests or approves accounts."""
    if not has_part_in_requests(user):
        raise PermissionDenied("account.request")


def request_rows(user: Actor, status: str = "") -> QuerySet[Any, Any]:
    asked: QuerySet[Any, Any] = AccountRequest.objects.visible_to(user)
    return (asked.filter(status=status) if status else asked).values(*COLUMNS)


def place_of(village: str | None, district: str | None) -> str:
    return f"{village}, {district}" if village else ""


def pending_account_requests(user: Actor) -> QuerySet[AccountRequest]:
    """Return requests that need this user's decision, the oldest first."""
    offices = roles_for(user).offices("account.approve")
    return (
        AccountRequest.objects.filter(
            requesting_office__in=offices, status=AccountRequest.Status.REQUESTED
        )
        .exclude(requested_by=user.pk)
        .select_related("requesting_office", "village")
        .order_by("requested_at", "id")
    )


def account_requests_for(user: Actor) -> QuerySet[AccountRequest]:
    """Return the requests that this user's offices made or decide on."""
    return AccountRequest.objects.visible_to(user).select_related(
        "requesting_office", "village__office", "requested_by", "decided_by", "account"
    )
