"""The parts of a user's home page, each with a fixed number of queries."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from desabinaan.accounts.access import Actor, Role
from desabinaan.portal.presenters.figures import (
    Bar,
    LeaderFigures,
    figures_for,
    overdue_by_lead,
)
from desabinaan.portal.presenters.links import (
    auditor_links,
    leader_links,
    officer_links,
    superuser_links,
)
from desabinaan.portal.presenters.official import official_tasks
from desabinaan.portal.presenters.staff import staff_tasks
from desabinaan.portal.presenters.tasks import Task
from desabinaan.portal.selectors.meetings import Meetings, meetings_of
from fgd.agencies.permissions import agency_names_represented_by
from fgd.plan.presenters.lists import with_labels
from fgd.plan.selectors.plan import open_actions
from fgd.sessions.models import Session
from reports.followup.selectors import ActionTaskCounts
from reports.followup.selectors import waiting_for as waiting_actions
from villages.places.permissions import roles_for
from villages.places.presenters import Unchecked, unchecked_rows

ACTIONS_SHOWN = 10
SESSIONS_SHOWN = 3
NO_ACTIONS = ActionTaskCounts(open=0, overdue=0, to_verify=0, with_waiver=0)
NO_MEETINGS = Meetings(upcoming=[], unfinished=[])
STAFF = frozenset({Role.REGIONAL_STAFF, Role.OFFICE_STAFF, Role.PIMPASA})


@dataclass(frozen=True, slots=True)
class Home:
    """The parts of a user's home page; a part for other roles is None.

    `tasks` are large and few; `waiting` are the tasks of staff, without those at
    zero; `links` are for roles without counted tasks. `unchecked` are the first
    reference rows an administrator should check again, of `unchecked_in_all`.
    """

    tasks: Sequence[Task] = ()
    waiting: Sequence[Task] | None = None
    actions: Sequence[dict[str, Any]] | None = None
    sessions: Sequence[Session] | None = None
    overdue: Sequence[Bar] | None = None
    figures: LeaderFigures | None = None
    unchecked: Sequence[Unchecked] | None = None
    unchecked_in_all: int = 0
    links: Sequence[Task] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        parts = (self.tasks, self.links)
        asked = (self.waiting, self.actions, self.figures)
        return not any(parts) and all(part is None for part in asked)


def home_for(user: Actor) -> Home:
    """Return the parts for this user's roles; they grant no permission."""
    roles = roles_for(user).roles
    is_staff, is_focal_point = (
        bool(roles & STAFF),
        bool(agency_names_represented_by(user)),
    )
    if user.is_superuser and not (roles or is_focal_point):
        rows, in_all = unchecked_rows()
        return Home(links=superuser_links(), unchecked=rows, unchecked_in_all=in_all)
    is_official = Role.VILLAGE_OFFICIAL in roles
    works = is_staff or is_official
    counts = waiting_actions(user) if works else NO_ACTIONS
    meetings = meetings_of(user) if works or is_focal_point else NO_MEETINGS
    shows_meetings = is_staff or is_focal_point
    return Home(
        tasks=official_tasks(user, counts, meetings) if is_official else (),
        waiting=staff_tasks(user, counts, meetings) if is_staff else None,
        actions=with_labels(open_actions(user, ACTIONS_SHOWN))
        if is_focal_point
        else None,
        sessions=meetings.upcoming[:SESSIONS_SHOWN] if shows_meetings else None,
        overdue=overdue_by_lead(user) if Role.REGIONAL_STAFF in roles else None,
        figures=figures_for(user) if Role.LEADER in roles else None,
        links=_links(user, roles),
    )


def _links(user: Actor, roles: Set[Role]) -> list[Task]:
    links = officer_links(user) if Role.PIMPASA in roles else []
    links += auditor_links() if Role.AUDITOR in roles else []
    return links + (leader_links() if Role.LEADER in roles else [])
