"""What moves when an agency is merged into another, and what does not."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from desabinaan.lib.text.folded_columns import Folded
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.querysets import AgencyQuerySet
from fgd.participants.models import Delegate, Invitation
from fgd.plan.models import Action
from fgd.plan.querysets import OPEN_ACTION, ActionQuerySet
from fgd.sessions.models import Session
from fgd.sessions.querysets import SessionQuerySet

LOCKED = (Session.Status.FINALISED, Session.Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Moves:
    """Numbers of rows that move to the other agency, and of those that do not."""

    focal_points: int
    invitations: int
    delegates: int
    actions: int
    drafts: int
    locked_sessions: int
    locked_actions: int


def moves_of(agency: Agency) -> Moves:
    """Count, without locks, what a merge of the agency would move."""
    in_locked = Q(session__status__in=LOCKED)
    invited = Invitation.objects.filter(agency=agency)
    sent = Delegate.objects.filter(agency=agency)
    locked_sessions = Session.objects.filter(status__in=LOCKED).filter(
        Q(pk__in=invited.values("session")) | Q(pk__in=sent.values("session"))
    )
    closed = _led_or_supported(agency).agreed().exclude(status__in=OPEN_ACTION)
    return Moves(
        focal_points=focal_points_serving(agency).count(),
        invitations=invited.exclude(in_locked).count(),
        delegates=sent.exclude(in_locked).count(),
        actions=open_actions_of(agency).count(),
        drafts=drafts_of(agency).count(),
        locked_sessions=locked_sessions.count(),
        locked_actions=closed.count(),
    )


def possible_successors_of(agency: Agency) -> AgencyQuerySet:
    """Return the other confirmed agencies that were not merged themselves."""
    return (
        Agency.objects.confirmed()
        .exclude(pk=agency.pk)
        .order_by(Folded("short_name"), "id")
    )


def open_sessions_of(agency: Agency) -> SessionQuerySet:
    """Return unlocked sessions with its invitations, delegates or drafts."""
    return Session.objects.exclude(status__in=LOCKED).filter(
        Q(pk__in=Invitation.objects.filter(agency=agency).values("session"))
        | Q(pk__in=Delegate.objects.filter(agency=agency).values("session"))
        | Q(pk__in=drafts_of(agency).values("session"))
    )


def open_actions_of(agency: Agency) -> ActionQuerySet:
    """Return agreed actions, not yet closed, that it leads or supports."""
    return _led_or_supported(agency).agreed().open()


def drafts_of(agency: Agency) -> ActionQuerySet:
    """Return its actions, not yet agreed, in sessions that are not locked."""
    rows = _led_or_supported(agency).filter(agreed_at=None)
    return rows.exclude(session__status__in=LOCKED)


def _led_or_supported(agency: Agency) -> ActionQuerySet:
    supported = agency.supports.values("action")
    return Action.objects.filter(Q(lead_agency=agency) | Q(pk__in=supported))


def focal_points_serving(agency: Agency) -> QuerySet[FocalPoint]:
    """Return the current and future focal points of the agency."""
    today = timezone.localdate()
    return agency.focal_points.filter(Q(ends_on=None) | Q(ends_on__gte=today))
