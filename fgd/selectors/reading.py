"""What of a session somebody may read."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from desabinaan.accounts.access import Actor, may
from fgd.models import Delegate, Session
from fgd.standing import agencies_of
from villages.standing import standing_of


@dataclass(frozen=True, slots=True)
class Reading:
    """`whole`: runs or audits it. `names`: every participant by name, not only one's
    own party's. `outcome`: minutes and agreements, for the invited when final.
    `runs`: may change what is not locked; `seats`: may change who sits at the table.
    """

    whole: bool
    names: bool
    outcome: bool
    runs: bool
    seats: bool


def reading(user: Actor, session: Session) -> Reading:
    """What `user`, in whose sight the session is, may read of it."""
    whole = may(user, "session.view", session)
    return Reading(
        whole=whole,
        names=may(user, "participant.view", session),
        outcome=whole or session.is_final,
        runs=may(user, "session.change", session) and not session.is_locked,
        seats=may(user, "participant.change", session) and not session.is_locked,
    )


def delegates_in_sight(
    user: Actor, session: Session, *, names: bool
) -> QuerySet[Delegate]:
    """All delegates by name, or those of one's own village and agency."""
    rows = session.delegates.select_related("agency", "village", "attendance")
    if names:
        return rows
    villages = standing_of(user).villages("session.view_final")
    mine = Q(village_id__in=villages) | Q(agency_id__in=agencies_of(user))
    return rows.filter(mine)
