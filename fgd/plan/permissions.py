"""Who gains from a step of an action and therefore does not approve it."""

from typing import TYPE_CHECKING, Literal

from django.db.models import Q

from desabinaan.accounts.access import Actor
from villages.places.models import Office
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from fgd.plan.models import Action, ActionVillage

#: Why a user may not approve a step; "" when the user may.
Conflict = Literal["", "own_report", "own_request", "own_office"]


def offices_served_by(user: Actor) -> frozenset[int]:
    """Return ids of the offices where `user` works, as staff or as PIMPASA."""
    user_roles = roles_for(user)
    return user_roles.posts | user_roles.at_home_office.keys()


def verification_conflict(user: Actor, action: "Action") -> Conflict:
    """Return why `user` may not verify the action, whatever role `user` holds.

    A regional office verifies its own actions by another person, because no office
    above it does. `free_of_conflict` says the same of many rows.
    """
    if action.reported_by_id == user.pk:
        return "own_report"
    office = action.lead_agency.office
    if office is None or office.kind == Office.Kind.REGIONAL:
        return ""
    return "own_office" if office.pk in offices_served_by(user) else ""


def free_of_conflict(user: Actor) -> Q:
    """Return the actions without a `verification_conflict` for `user`."""
    reported_by_another = Q(reported_by=None) | ~Q(reported_by=user.pk)
    led_elsewhere = (
        Q(lead_agency__office=None)
        | Q(lead_agency__office__kind=Office.Kind.REGIONAL)
        | ~Q(lead_agency__office__in=offices_served_by(user))
    )
    return reported_by_another & led_elsewhere


def waiver_conflict(user: Actor, place: "ActionVillage") -> Conflict:
    """Return why `user` may not decide about the waiver of a village.

    A waiver relieves the agencies of the action, so no office among them decides.
    """
    if place.requested_by_id == user.pk:
        return "own_request"
    action, offices = place.action, offices_served_by(user)
    supports = action.supports.filter(agency__office__in=offices)
    if action.lead_agency.office_id in offices or supports.exists():
        return "own_office"
    return ""
