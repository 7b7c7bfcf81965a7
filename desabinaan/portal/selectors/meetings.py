"""Sessions that are not final yet, upcoming and over."""

from dataclasses import dataclass

from django.utils import timezone

from desabinaan.accounts.access import Actor
from fgd.sessions.models import Session
from fgd.sessions.querysets import UNFINISHED, offices_open_for

MOST = 50


@dataclass(frozen=True, slots=True)
class Meetings:
    """`upcoming` are visible; `unfinished` are over and the user may close them."""

    upcoming: list[Session]
    unfinished: list[Session]


def meetings_of(user: Actor) -> Meetings:
    """Return the visible sessions that are neither final nor cancelled; one query."""
    rows = (
        Session.objects.visible_to(user)
        .filter(status__in=UNFINISHED)
        .select_related("office")
        .defer("search", "purpose")
        .order_by("starts_at", "id")[:MOST]
    )
    run, now = offices_open_for(user, "session.finalise"), timezone.now()
    found = list(rows)
    return Meetings(
        upcoming=[row for row in found if row.ends_at >= now],
        unfinished=[row for row in found if row.ends_at < now and row.office_id in run],
    )
