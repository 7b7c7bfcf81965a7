"""Who speaks for an action: its agencies, its villages, and staff on their behalf.

`here` is the action as a place whose roles were read already (`held_at`), for
callers with several questions; without it the action is asked.
"""

from collections.abc import Set
from dataclasses import dataclass

from desabinaan.accounts.access import Actor, Place, Role, may, roles_with
from fgd.models import Action
from villages.models import Village


@dataclass(frozen=True, slots=True)
class Held:
    """The roles one user holds at a place, read once."""

    roles: Set[Role]

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.roles


def held_at(place: Place, user: Actor) -> Held:
    return Held(place.roles_of(user))


def may_report(user: Actor, action: Action, here: Place | None = None) -> bool:
    """Whether `user` may tell progress: a party of the action, or staff for one."""
    place = here or held_at(action, user)
    return may(user, "action.report", place) or may(
        user, "action.report_on_behalf", place
    )


def may_report_done(user: Actor, action: Action, here: Place | None = None) -> bool:
    """Only the lead agency says that it is done, or staff on its behalf."""
    return may(user, "action.report", action.lead_agency) or may(
        user, "action.report_on_behalf", here or action
    )


def may_settle(
    user: Actor, action: Action, village: Village, here: Place | None = None
) -> bool:
    """A village speaks for itself only; an agency of the action, and staff, for all."""
    place = here or held_at(action, user)
    agencies = {Role.FOCAL_POINT} & roles_with("action.report")
    return bool(
        place.roles_of(user) & agencies
        or may(user, "action.report", village)
        or may(user, "action.report_on_behalf", place)
    )
