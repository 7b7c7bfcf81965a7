from collections.abc import Iterable

from fgd.agencies.selectors.focal_points import VisibleCounts, counted
from fgd.participants.models import Invitation
from fgd.plan.models import Action, ActionSupport
from fgd.sessions.models import Session


def visible_counts_of(agencies: Iterable[int]) -> dict[int, VisibleCounts]:
    """Count what a focal point of each agency sees.

    Rows of agencies merged into it are included.
    """
    ids = list(agencies)
    announced = Session.objects.announced()
    agreed = Action.objects.agreed()
    invitations = Invitation.objects.filter(session__in=announced)
    supports = ActionSupport.objects.filter(action__in=agreed)
    sessions = counted(invitations, "agency", "session", ids)
    led = counted(agreed, "lead_agency", "pk", ids)
    supported = counted(supports, "agency", "action", ids)
    return {
        pk: VisibleCounts(sessions.get(pk, 0), led.get(pk, 0), supported.get(pk, 0))
        for pk in ids
    }
