"""Notices about final sessions and about transitions of actions."""

from collections.abc import Set

from django.db.models import QuerySet
from django.urls import reverse

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.services.marking import dismiss
from desabinaan.notices.services.notifying import Subject, notify
from fgd.agencies.selectors.focal_points_of import representatives_of
from fgd.plan.models import Action, ActionEvent, ActionSupport, ActionVillage
from fgd.plan.permissions import entries, gaining_offices
from fgd.plan.selectors.rights import approving_offices
from fgd.sessions.models import Session, SessionEvent
from villages.register.selectors.holders import holders, people_of

KINDS_FOR_PARTIES = {
    "return": Kind.ACTION_RETURNED,
    "verify": Kind.ACTION_VERIFIED,
    "cancel": Kind.ACTION_CANCELLED,
}
WAIVER_KINDS = {
    "waiver_requested": Kind.WAIVER_REQUESTED,
    "waiver_corrected": Kind.WAIVER_REQUESTED,
    "village_waived": Kind.WAIVER_GRANTED,
    "waiver_declined": Kind.WAIVER_DECLINED,
}
_REMINDERS = (Kind.ACTION_DUE_SOON, Kind.ACTION_OVERDUE)
#: verb -> reminders and notices that it makes obsolete
SETTLED = {
    "report_done": (*_REMINDERS, Kind.ACTION_RETURNED),
    "cancel": (*_REMINDERS, Kind.ACTION_RETURNED, Kind.ACTION_REPORTED),
    "return": (Kind.ACTION_REPORTED,),
    "verify": (Kind.ACTION_REPORTED,),
}


def notify_of_action(action: Action, event: ActionEvent) -> None:
    """Notify verifiers of a report, and the lead agency and villages of its outcome."""
    if event.verb not in SETTLED:
        return
    path = reverse("plan:action_detail", args=[action.pk])
    dismiss(path, SETTLED[event.verb])
    if event.verb == "report_done":
        people = _verifiers(action)
        kind = Kind.ACTION_REPORTED
    else:
        people, kind = _parties(action), KINDS_FOR_PARTIES[event.verb]
    subject = Subject(path, once=event.pk, about=action.reference)
    notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def notify_of_waiver(place: ActionVillage, event: ActionEvent) -> None:
    """Notify those who decide about a waiver, and the lead agency of the decision."""
    action = place.action
    path = reverse("plan:action_detail", args=[action.pk])
    waiting = action.action_villages.filter(status="waiver_requested")
    if event.verb == "waiver_corrected" or not waiting.exists():
        dismiss(path, [Kind.WAIVER_REQUESTED])
    if event.verb not in WAIVER_KINDS:
        return
    people = representatives_of([action.lead_agency_id])
    if WAIVER_KINDS[event.verb] == Kind.WAIVER_REQUESTED:
        dismiss(path, [Kind.WAIVER_DECLINED])
        people = _waiver_deciders(place)
    subject = Subject(path, once=event.pk, about=action.reference)
    kind = WAIVER_KINDS[event.verb]
    notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def notify_of_final_session(session: Session, event: SessionEvent) -> None:
    """Notify parties of agreed actions, and the other invited of final minutes."""
    in_actions = _parties_of_actions(session)
    about, day = session.office.short_name, session.first_day
    plan = reverse("plan:action_list")
    page = reverse("sessions:session_detail", args=[session.pk])
    others = _called(session).exclude(pk__in=in_actions.values("pk"))
    for people, kind, path in (
        (in_actions, Kind.ACTIONS_AGREED, plan),
        (others, Kind.SESSION_FINAL, page),
    ):
        subject = Subject(path, once=session.pk, about=about, day=day)
        notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def _parties(action: Action) -> QuerySet[User]:
    villages = action.action_villages.values("village_id")
    return representatives_of([action.lead_agency_id]) | holders(
        "action.report", villages=villages
    )


def _verifiers(action: Action) -> QuerySet[User]:
    """Return those who may verify the action: none of them entered a part of it."""
    lead = action.lead_agency.office
    is_regional = lead is not None and lead.kind == lead.Kind.REGIONAL
    gaining = gaining_offices(action, with_supporters=is_regional)
    entered = entries(action.events.exclude(actor=None))
    others = User.objects.exclude(pk__in=entered.values("actor_id"))
    return _approvers(action, "action.verify", gaining, others)


def _waiver_deciders(place: ActionVillage) -> QuerySet[User]:
    gaining = gaining_offices(place.action, with_supporters=True)
    others = User.objects.exclude(pk=place.requested_by_id or 0)
    return _approvers(place.action, "action.decide_waiver", gaining, others)


def _approvers(
    action: Action, capability: str, gaining: Set[int], others: QuerySet[User]
) -> QuerySet[User]:
    """Return staff of the host office and the PIMPASA of the villages, of `others`.

    Nobody who works where the step is gained from approves it: then staff of the
    office above, or else of the villages' offices; and of both when nobody is left.
    """
    others = others.exclude(pk__in=people_of(gaining))
    places = action.action_villages.exclude(village__office__in=gaining)
    villages = places.values("village_id")
    near = approving_offices(action, gaining)
    people = holders(capability, offices=near, villages=villages) & others
    if people.exists():
        return people
    above = {action.office.parent_id, *places.values_list("village__office", flat=True)}
    return holders(capability, offices=[pk for pk in above if pk]) & others


def _parties_of_actions(session: Session) -> QuerySet[User]:
    actions = session.actions.all()
    lead = actions.values("lead_agency_id")
    support = ActionSupport.objects.filter(action__in=actions).values("agency_id")
    villages = ActionVillage.objects.filter(action__in=actions).values("village_id")
    return representatives_of(lead.union(support)) | holders(
        "action.report", villages=villages
    )


def _called(session: Session) -> QuerySet[User]:
    called = session.invitations
    return representatives_of(
        called.exclude(agency=None).values("agency_id")
    ) | holders(
        "session.view_final", villages=called.exclude(village=None).values("village_id")
    )
