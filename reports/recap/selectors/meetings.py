"""Sessions that are not final yet, parted by the clock."""

from dataclasses import dataclass

from django.utils import timezone

from desabinaan.accounts.access import Actor
from fgd.models import Session
from villages.standing import standing_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Meetings:
    """`upcoming` are in sight and to come; `unfinished` are over and one's to close."""

    upcoming: list[Session]
    unfinished: list[Session]


def meetings_of(user: Actor) -> Meetings:
    """The sessions in sight that are neither final nor cancelled; one query."""
    states = Session.Status
    rows = (
        Session.objects.visible_to(user)
        .filter(status__in=(states.DRAFT, states.INVITED, states.IN_PROGRESS))
        .select_related("office")
        .defer("search", "purpose")
        .order_by("starts_at", "id")[:MOST]
    )
    standing, now = standing_of(user), timezone.now()
    offices = standing.offices("session.finalise")
    run = {*offices, *standing.home_offices("session.finalise")}
    found = list(rows)
    return Meetings(
        upcoming=[row for row in found if row.ends_at >= now],
        unfinished=[row for row in found if row.ends_at < now and row.office_id in run],
    )
