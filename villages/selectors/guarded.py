"""Deeds of two persons, as their second person reads them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils.translation import gettext as _

from desabinaan.accounts.access import GUARDED_ROLES, Actor
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from villages.models import Assignment, GuardedDeed, Office
from villages.selectors.villages import pending_account_requests
from villages.standing import in_force
from villages.workflow import GUARDED_TONES

COLUMNS = (
    "id",
    "kind",
    "status",
    "account__name",
    "office__short_name",
    "asked_at",
    "asked_by__name",
)


def guarded_deeds_for(user: Actor) -> QuerySet[GuardedDeed]:
    deeds: QuerySet[GuardedDeed] = GuardedDeed.objects.visible_to(user)
    return deeds.select_related("account", "office", "asked_by", "decided_by")


def guarded_rows(user: Actor, status: str = "") -> QuerySet[Any, Any]:
    deeds: QuerySet[Any, Any] = GuardedDeed.objects.visible_to(user)
    return (deeds.filter(status=status) if status else deeds).values(*COLUMNS)


def guarded_sorts() -> dict[str, Sort]:
    return {"diminta": Sort(Order("asked_at", descending=True), _("Asked on"))}


def dressed_guarded(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with kind and state in words."""
    return [
        row
        | {
            "kind": GuardedDeed.Kind(row["kind"]).label,
            "state": GuardedDeed.Status(row["status"]).label,
            "tone": GUARDED_TONES[GuardedDeed.Status(row["status"])],
        }
        for row in rows
    ]


def waiting_accounts(user: Actor, most: int) -> Counter[str]:
    """Requests to approve ("request") and deeds to confirm ("guarded"), in one query.

    Each is counted up to `most`.
    """
    deeds: QuerySet[Any] = GuardedDeed.objects.visible_to(user)
    guarded = deeds.filter(status=GuardedDeed.Status.ASKED).exclude(account=user.pk)
    requests = _named(pending_account_requests(user), "request")[:most]
    both = requests.union(_named(guarded, "guarded")[:most], all=True)
    return Counter(row[0] for row in both)


def _named(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    named: QuerySet[Any] = rows.order_by().annotate(waits=Value(kind, CharField()))
    return named.values_list("waits")


def office_of_guard(account_id: int) -> Office | None:
    """Where the account holds its guarded role, or held the last one."""
    held = (
        Assignment.objects.filter(user_id=account_id, role__in=GUARDED_ROLES)
        .select_related("office")
        .order_by("-starts_on")
    )
    post = held.filter(in_force()).first() or held.first()
    return post.office if post else None
