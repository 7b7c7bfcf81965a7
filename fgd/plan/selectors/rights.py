"""Who may report on an action: its agencies, its villages, and staff.

`place` holds the user's roles at the action (`roles_at`), for callers that check
several rights; without it the roles are read again.
"""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from desabinaan.accounts.access import Actor, HasRoles, Role, may, require, roles_with
from fgd.plan.models import Action, ActionEvent, ActionSupport, ActionVillage
from fgd.plan.permissions import (
    entries,
    gaining_offices,
    offices_served_by,
    verification_conflict,
    waiver_conflict,
)
from fgd.plan.querysets import MOVING_ACTION, ActionQuerySet
from villages.places.models import Office
from villages.register.models import Village
from villages.register.selectors.holders import Ids


@dataclass(frozen=True, slots=True)
class RolesAtPlace:
    """The roles of one user at a place, read once."""

    roles: Set[Role]

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.roles


def roles_at(place: HasRoles, user: Actor) -> RolesAtPlace:
    return RolesAtPlace(place.roles_of(user))


def may_report(user: Actor, action: Action, place: HasRoles | None = None) -> bool:
    """Whether `user` may report progress, for a party or as staff on its behalf."""
    place = place or roles_at(action, user)
    return may(user, "action.report", place) or may(
        user, "action.report_on_behalf", place
    )


def may_act_for_lead(
    user: Actor, action: Action, place: HasRoles | None = None
) -> bool:
    """Whether `user` is of the lead agency, or staff who may report for it.

    Whoever acts for it reports the action done and asks for waivers.
    """
    return may(user, "action.report", action.lead_agency) or may(
        user, "action.report_on_behalf", place or action
    )


def is_of_lead(user: Actor, action: Action) -> bool:
    """Whether `user` represents the lead agency, or works in the office that leads."""
    own = may(user, "action.report", action.lead_agency)
    return own or action.lead_agency.office_id in offices_served_by(user)


def may_settle(
    user: Actor, action: Action, village: Village, place: HasRoles | None = None
) -> bool:
    """Whether `user` may settle the village: of it, of an agency, or staff."""
    place = place or roles_at(action, user)
    agencies = {Role.FOCAL_POINT} & roles_with("action.report")
    return bool(
        place.roles_of(user) & agencies
        or may(user, "action.report", village)
        or may(user, "action.report_on_behalf", place)
    )


def may_open_evidence(user: Actor, place: HasRoles) -> bool:
    """Whether `user` may open the evidence that `visible_to` shows."""
    roles = roles_at(place, user)
    return may(user, "evidence.view", roles) or may(user, "evidence.view_own", roles)


def require_verifier(user: Actor, action: Action) -> None:
    """Raise PermissionDenied (403) unless `user` may verify the action."""
    require(user, "action.verify", action)
    if conflict := verification_conflict(user, action):
        raise PermissionDenied(conflict)


def verifiable(actions: ActionQuerySet, user: Actor) -> ActionQuerySet:
    """Return those reported done that `user` may verify.

    The same for many rows as `require_verifier` for one.
    """
    reported = actions.filter(status=Action.Status.REPORTED_DONE)
    return reported.where_may(user, "action.verify").filter(_free_of_conflict(user))


def with_decidable_waiver(actions: ActionQuerySet, user: Actor) -> ActionQuerySet:
    """Return those that are moving, with a requested waiver for `user` to decide.

    The same for many rows as `require_waiver_decider` for one.
    """
    moving = actions.filter(status__in=MOVING_ACTION)
    allowed = moving.where_may(user, "action.decide_waiver")
    return allowed.filter(_with_waiver_of_others(user))


def decidable_waivers(
    user: Actor, action: Action, places: Iterable[ActionVillage], place: HasRoles
) -> set[int]:
    """Return ids of the villages whose requested waiver `user` may decide about."""
    requested = [one for one in places if one.waits]
    if not requested or not may(user, "action.decide_waiver", place):
        return set()
    offices = gaining_offices(action, with_supporters=True)
    return {one.pk for one in requested if not waiver_conflict(user, one, offices)}


def require_waiver_decider(user: Actor, waiver: ActionVillage) -> None:
    """Raise PermissionDenied (403) unless `user` may decide about the waiver."""
    require(user, "action.decide_waiver", waiver.action)
    if conflict := waiver_conflict(user, waiver):
        raise PermissionDenied(conflict)


def approving_offices(action: Action, gaining: Set[int]) -> Ids:
    """Return ids of the offices whose staff approves a step, `gaining` from it aside.

    That is the host, or else the office above, or else those of the villages.
    """
    host = action.office
    near = [pk for pk in (host.pk, host.parent_id) if pk and pk not in gaining]
    places = action.action_villages.exclude(village__office__in=gaining)
    return near[:1] or places.values("village__office_id")


def waiver_deciders(action: Action, places: Iterable[ActionVillage]) -> list[str]:
    """Return the names of the offices that decide, if the waiver of any place waits."""
    if not any(place.waits for place in places):
        return []
    gaining = gaining_offices(action, with_supporters=True)
    offices = Office.objects.filter(pk__in=approving_offices(action, gaining))
    return list(offices.values_list("short_name", flat=True))


# --- Inside ------------------------------------------------------------------


def _free_of_conflict(user: Actor) -> Q:
    """Return the actions without a `verification_conflict` for `user`."""
    own = offices_served_by(user)
    reported_by_another = Q(reported_by=None) | ~Q(reported_by=user.pk)
    linked = ~Q(lead_agency__kind="immigration", lead_agency__office=None)
    not_regional = Q(lead_agency__office=None) | ~Q(
        lead_agency__office__kind=Office.Kind.REGIONAL
    )
    by_no_supporter = not_regional | ~_supported_by(own)
    mine = ActionEvent.objects.filter(action=OuterRef("pk"), actor=user.pk)
    entered_by_others = ~Q(Exists(entries(mine)))
    return (
        reported_by_another
        & entered_by_others
        & linked
        & _led_elsewhere(own)
        & by_no_supporter
    )


def _with_waiver_of_others(user: Actor) -> Q:
    """Return the actions with a requested waiver without a `waiver_conflict`."""
    own = offices_served_by(user)
    requested = ActionVillage.objects.filter(
        action=OuterRef("pk"), status=ActionVillage.Status.WAIVER_REQUESTED
    ).exclude(requested_by=user.pk)
    return Q(Exists(requested)) & _led_elsewhere(own) & ~_supported_by(own)


def _led_elsewhere(own: Collection[int]) -> Q:
    return Q(lead_agency__office=None) | ~Q(lead_agency__office__in=own)


def _supported_by(own: Collection[int]) -> Q:
    supports = ActionSupport.objects.filter(
        action=OuterRef("pk"), agency__office__in=own
    )
    return Q(Exists(supports))
