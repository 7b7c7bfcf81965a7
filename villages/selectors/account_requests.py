"""Account requests as rows, and where this user asks or decides."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from villages.models import AccountRequest, Office
from villages.standing import standing_of
from villages.workflow import REQUEST_TONES

#: So many requests are sent, or approved, as one deed.
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
    """The offices for which this user asks for accounts."""
    return list(Office.objects.open_for(user, "account.request"))


def has_part_in_requests(user: Actor) -> bool:
    standing = standing_of(user)
    return any(map(standing.offices, ("account.request", "account.approve")))


def require_part_in_requests(user: Actor) -> None:
    """Raise PermissionDenied (403) unless `user` asks for accounts or decides."""
    if not has_part_in_requests(user):
        raise PermissionDenied("account.request")


def request_rows(user: Actor, status: str = "") -> QuerySet[Any, Any]:
    asked: QuerySet[Any, Any] = AccountRequest.objects.visible_to(user)
    return (asked.filter(status=status) if status else asked).values(*COLUMNS)


def request_sorts() -> dict[str, Sort]:
    return {"diminta": Sort(Order("requested_at", descending=True), _("Asked on"))}


def dressed_requests(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with role, place and state in words."""
    return [
        row
        | {
            "role": Role(row["role"]).label,
            "place": place_of(row["village__name"], row["village__district_name"])
            or row["requesting_office__short_name"],
            "state": AccountRequest.Status(row["status"]).label,
            "tone": REQUEST_TONES[AccountRequest.Status(row["status"])],
        }
        for row in rows
    ]


def place_of(village: str | None, district: str | None) -> str:
    return f"{village}, {district}" if village else ""
