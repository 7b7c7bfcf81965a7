"""What moves when an agency is merged into another, and what stays as it is."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from fgd.models import Action, Agency, Delegate, FocalPoint, Invitation, Session
from fgd.querysets import (
    OPEN_ACTION,
    ActionQuerySet,
    AgencyQuerySet,
    SessionQuerySet,
)

LOCKED = (Session.Status.FINALISED, Session.Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Moves:
    """How many of each follow the agency, and how many keep its old name."""

    focal_points: int
    invitations: int
    delegates: int
    actions: int
    drafts: int
    kept_sessions: int
    kept_actions: int


def moves_of(agency: Agency) -> Moves:
    """For the page that asks before it is done; nothing is locked."""
    there = Q(session__status__in=LOCKED)
    invited = Invitation.objects.filter(agency=agency)
    sent = Delegate.objects.filter(agency=agency)
    kept = Session.objects.filter(status__in=LOCKED).filter(
        Q(pk__in=invited.values("session")) | Q(pk__in=sent.values("session"))
    )
    closed = _tied_to(agency).agreed().exclude(status__in=OPEN_ACTION)
    return Moves(
        focal_points=serving_for(agency).count(),
        invitations=invited.exclude(there).count(),
        delegates=sent.exclude(there).count(),
        actions=open_actions_of(agency).count(),
        drafts=drafts_of(agency).count(),
        kept_sessions=kept.count(),
        kept_actions=closed.count(),
    )


def heirs_for(agency: Agency) -> AgencyQuerySet:
    """The agencies that can take its place: confirmed, and not merged themselves."""
    return Agency.objects.confirmed().exclude(pk=agency.pk).order_by("short_name", "id")


def open_sessions_of(agency: Agency) -> SessionQuerySet:
    """Sessions not yet final to which it is invited, sends people or promises."""
    return Session.objects.exclude(status__in=LOCKED).filter(
        Q(pk__in=Invitation.objects.filter(agency=agency).values("session"))
        | Q(pk__in=Delegate.objects.filter(agency=agency).values("session"))
        | Q(pk__in=drafts_of(agency).values("session"))
    )


def open_actions_of(agency: Agency) -> ActionQuerySet:
    """Agreed actions, not yet closed, that it leads or supports."""
    return _tied_to(agency).agreed().open()


def drafts_of(agency: Agency) -> ActionQuerySet:
    """Actions on the table of a session that is not final."""
    return _tied_to(agency).filter(agreed_at=None).exclude(session__status__in=LOCKED)


def _tied_to(agency: Agency) -> ActionQuerySet:
    helped = agency.supports.values("action")
    return Action.objects.filter(Q(lead_agency=agency) | Q(pk__in=helped))


def serving_for(agency: Agency) -> QuerySet[FocalPoint]:
    """Who speaks for it today, or will."""
    today = timezone.localdate()
    return agency.focal_points.filter(Q(ends_on=None) | Q(ends_on__gte=today))
