"""Sessions that are not final yet, upcoming and over."""

from dataclasses import dataclass

from django.utils import timezone

from desabinaan.accounts.access import Actor
from fgd.sessions.models import Session
from villages.places.permissions import roles_for

MOST = 50


@dataclass(frozen=True, slots=True)
class Meetings:
    """`upcoming` are visible; `unfinished` are over and the user may close them."""

    upcoming: list[Session]
    unfinished: list[Session]


def meetings_of(user: Actor) -> Meetings:
    """Return the visible sessions that are neither final nor cancelled; one query."""
    states = Session.Status
    rows = (
        Session.objects.visible_to(user)
        .filter(status__in=(states.DRAFT, states.INVITED, states.IN_PROGRESS))
        .select_related("office")
        .defer("search", "purpose")
        .order_by("starts_at", "id")[:MOST]
    )
    user_roles, now = roles_for(user), timezone.now()
    offices = user_roles.offices("session.finalise")
    run = {*offices, *user_roles.home_offices("session.finalise")}
    found = list(rows)
    return Meetings(
        upcoming=[row for row in found if row.ends_at >= now],
        unfinished=[row for row in found if row.ends_at < now and row.office_id in run],
    )
