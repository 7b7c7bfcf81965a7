"""Whom a session or an action concerns is told of what was done to it."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.actions import Subject, dismiss, notify
from desabinaan.notices.kinds import Kind
from fgd.models import (
    Action,
    ActionSupport,
    ActionVillage,
    FgdEvent,
    FocalPoint,
    Session,
)
from fgd.selectors.voices import voices
from villages.selectors.holders import holders

TOLD_TO_PARTIES = {
    "return": Kind.ACTION_RETURNED,
    "verify": Kind.ACTION_VERIFIED,
    "cancel": Kind.ACTION_CANCELLED,
}
_ASKED = (Kind.ACTION_DUE_SOON, Kind.ACTION_OVERDUE)
#: verb -> what nobody needs to be asked for any more
SETTLED = {
    "report_done": (*_ASKED, Kind.ACTION_RETURNED),
    "cancel": (*_ASKED, Kind.ACTION_RETURNED, Kind.ACTION_REPORTED),
    "return": (Kind.ACTION_REPORTED,),
    "verify": (Kind.ACTION_REPORTED,),
}


def of_action(action: Action, event: FgdEvent) -> None:
    """Who verifies is told of a report; lead agency and villages of its outcome."""
    if event.verb not in SETTLED:
        return
    path = reverse("followup:action_detail", args=[action.pk])
    dismiss(path, SETTLED[event.verb])
    if event.verb == "report_done":
        people, kind = _verifiers(action), Kind.ACTION_REPORTED
    else:
        people, kind = _parties(action), TOLD_TO_PARTIES[event.verb]
    subject = Subject(path, once=event.pk, about=action.reference)
    notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def of_final_session(session: Session, event: FgdEvent) -> None:
    """Who has a part in an agreed action is told so, the others that it is final."""
    with_a_part = _with_a_part(session)
    about, day = session.office.short_name, timezone.localdate(session.starts_at)
    plan = reverse("followup:action_list")
    page = reverse("fgd:session_detail", args=[session.pk])
    others = _called(session).exclude(pk__in=with_a_part.values("pk"))
    for people, kind, path in (
        (with_a_part, Kind.ACTIONS_AGREED, plan),
        (others, Kind.SESSION_FINAL, page),
    ):
        subject = Subject(path, once=session.pk, about=about, day=day)
        notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def of_term(
    point: FocalPoint, kind: Kind, by: User | None, occurred_at: datetime | None = None
) -> None:
    """The person knows for which agency he or she speaks, and until when."""
    day = point.ends_on if kind == Kind.FOCAL_POINT_ENDED else point.starts_on
    subject = Subject(
        path=reverse("recap:home"),
        once=f"{point.pk}:{day}",
        about=point.agency.short_name,
        day=day,
    )
    people = User.objects.filter(pk=point.user_id)
    notify(people, kind, subject, by=by, occurred_at=occurred_at)


# --- Inside ------------------------------------------------------------------


def _parties(action: Action) -> QuerySet[User]:
    villages = action.action_villages.values("village_id")
    return voices([action.lead_agency_id]) | holders("action.report", villages=villages)


def _verifiers(action: Action) -> QuerySet[User]:
    """The host office and the villages' PIMPASA; of an office's own work, those above.

    Nobody verifies the work of the own office.
    """
    host, own = action.office, action.lead_agency.office_id
    office, places = host.pk, action.action_villages.all()
    if own is not None:
        office = host.parent_id or host.pk if host.pk == own else host.pk
        places = places.exclude(village__office_id=own)
    return holders(
        "action.verify", offices=[office], villages=places.values("village_id")
    )


def _with_a_part(session: Session) -> QuerySet[User]:
    actions = session.actions.all()
    lead = actions.values("lead_agency_id")
    support = ActionSupport.objects.filter(action__in=actions).values("agency_id")
    villages = ActionVillage.objects.filter(action__in=actions).values("village_id")
    return voices(lead.union(support)) | holders("action.report", villages=villages)


def _called(session: Session) -> QuerySet[User]:
    called = session.invitations
    return voices(called.exclude(agency=None).values("agency_id")) | holders(
        "session.view_final", villages=called.exclude(village=None).values("village_id")
    )
