"""Who gains from a step of an action and therefore does not approve it."""

from collections.abc import Set
from typing import TYPE_CHECKING, Literal

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from desabinaan.accounts.access import Actor
from villages.places.models import Office
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from fgd.plan.models import Action, ActionEvent, ActionVillage

#: Why a user may not approve a step; "" when the user may.
Conflict = Literal[
    "", "own_report", "own_entry", "own_request", "own_office", "unlinked"
]
#: events by which somebody enters what is verified afterwards
ENTRIES = (
    "progress", "evidence_added", "village_done", "waiver_requested",
    "waiver_corrected", "report_done",
)  # fmt: skip


def offices_served_by(user: Actor) -> frozenset[int]:
    """Return ids of the offices where `user` works, as staff or as PIMPASA."""
    user_roles = roles_for(user)
    return user_roles.posts | user_roles.at_home_office.keys()


def gaining_offices(action: "Action", *, with_supporters: bool) -> frozenset[int]:
    """Return ids of the offices that lead the action, or also of those that support.

    Supporters gain from a waiver, too; and from the verification of an action that a
    regional office leads.
    """
    lead = action.lead_agency.office_id
    found = {lead} if lead else set()
    if with_supporters:
        supports = action.supports.exclude(agency__office=None)
        found.update(supports.values_list("agency__office_id", flat=True))
    return frozenset(found)


def entries(events: "QuerySet[ActionEvent]") -> "QuerySet[ActionEvent]":
    """Return what was entered on an action since it was returned, or ever."""
    returns = events.model._default_manager.filter(
        action=OuterRef("action"), verb="return"
    )
    last = returns.order_by().values("action").annotate(last=Max("pk")).values("last")
    return events.filter(verb__in=ENTRIES, pk__gt=Coalesce(Subquery(last), 0))


def verification_conflict(user: Actor, action: "Action") -> Conflict:
    """Return why `user` may not verify the action, whatever role `user` holds.

    An action of an office is verified by another one, that of a regional office by an
    office that does not support it; and what an officer entered on behalf of a party,
    by somebody else. `selectors.rights.verifiable` says the same of many rows.
    """
    if action.reported_by_id == user.pk:
        return "own_report"
    if entries(action.events.filter(actor=user.pk)).exists():
        return "own_entry"
    if action.lead_agency.is_unlinked_office:
        return "unlinked"
    if action.lead_agency.office is None:
        return ""
    is_regional = action.lead_agency.office.kind == Office.Kind.REGIONAL
    offices = gaining_offices(action, with_supporters=is_regional)
    return "own_office" if offices & offices_served_by(user) else ""


def waiver_conflict(
    user: Actor, place: "ActionVillage", offices: Set[int] | None = None
) -> Conflict:
    """Return why `user` may not decide about the waiver of a village.

    `offices` are the `gaining_offices`, for callers that ask about several villages.
    """
    if place.requested_by_id == user.pk:
        return "own_request"
    if offices is None:
        offices = gaining_offices(place.action, with_supporters=True)
    return "own_office" if offices & offices_served_by(user) else ""
