"""Recommendations and the actions under them, until the session is final."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from fgd.actions import numbering, recording
from fgd.actions.locks import (
    not_stale,
    refuse_merged,
    running_session,
    still_there,
)
from fgd.models import (
    Action,
    ActionSupport,
    ActionVillage,
    Agency,
    Recommendation,
    Session,
)
from villages.models import Village


@dataclass(frozen=True, slots=True)
class Promise:
    """What one action promises: who leads, who helps, where, until when."""

    title: str
    lead_agency: Agency
    due_on: date
    indicator: str
    pillar: str
    funding: str = ""
    supporters: Iterable[Agency] = ()
    villages: Iterable[Village] = ()


# --- Recommendations ---------------------------------------------------------


@transaction.atomic
def add_recommendation(
    session_id: int,
    *,
    acting_user: User,
    text: str,
    topic_id: int | None = None,
    occurred_at: datetime | None = None,
) -> Recommendation:
    """The table recommends this, under the next number."""
    session = running_session(session_id, acting_user, "action.create")
    _on_the_agenda(session, topic_id)
    recommendation = Recommendation.objects.create(
        session=session,
        topic_id=topic_id,
        number=numbering.next_number(session.recommendations),
        text=text,
    )
    recording.on_session(
        session, "change_agreements", acting_user, occurred_at=occurred_at
    )
    return recommendation


@transaction.atomic
def change_recommendation(
    recommendation_id: int,
    *,
    acting_user: User,
    version: int,
    text: str,
    topic_id: int | None = None,
) -> Recommendation:
    """The recommendation reads so."""
    session = _session_of(Recommendation, recommendation_id, acting_user)
    row = still_there(session.recommendations.all(), recommendation_id)
    not_stale(row, version)
    _on_the_agenda(session, topic_id)
    row.text, row.topic_id = text, topic_id
    row.save(update_fields=["text", "topic", *recording.changed(row, acting_user)])
    recording.on_session(session, "change_agreements", acting_user)
    return row


@transaction.atomic
def remove_recommendation(recommendation_id: int, *, acting_user: User) -> Session:
    """The recommendation is gone; ValidationError while actions stand under it."""
    session = _session_of(Recommendation, recommendation_id, acting_user)
    row = still_there(session.recommendations.all(), recommendation_id)
    if row.actions.exists():
        raise ValidationError(
            _("Actions stand under this recommendation. Remove them first."), "in_use"
        )
    row.delete()
    numbering.close_gaps(session.recommendations)
    recording.on_session(session, "change_agreements", acting_user)
    return session


# --- Actions -----------------------------------------------------------------


@transaction.atomic
def add_action(
    recommendation_id: int,
    *,
    acting_user: User,
    promise: Promise,
    occurred_at: datetime | None = None,
) -> Action:
    """The recommendation has one action more, agreed when the session is final."""
    session = _session_of(
        Recommendation, recommendation_id, acting_user, "action.create"
    )
    row = still_there(session.recommendations.all(), recommendation_id)
    _keepable(session, promise)
    action = Action(recommendation=row, session=session, office=session.office)
    _write(action, promise)
    action.save()
    _tie(action, promise)
    recording.on_session(
        session, "change_agreements", acting_user, occurred_at=occurred_at
    )
    return action


@transaction.atomic
def change_action(
    action_id: int, *, acting_user: User, version: int, promise: Promise
) -> Action:
    """The action promises this; possible until the session is final."""
    session = _session_of(Action, action_id, acting_user)
    action = still_there(session.actions.all(), action_id)
    not_stale(action, version)
    _keepable(session, promise)
    fields = [*_write(action, promise), *recording.changed(action, acting_user)]
    action.save(update_fields=fields)
    action.supports.all().delete()
    action.action_villages.all().delete()
    _tie(action, promise)
    recording.on_session(session, "change_agreements", acting_user)
    return action


@transaction.atomic
def remove_action(action_id: int, *, acting_user: User) -> Session:
    """The draft of the action is gone; an agreed one can only be cancelled."""
    session = _session_of(Action, action_id, acting_user)
    still_there(session.actions.all(), action_id).delete()
    recording.on_session(session, "change_agreements", acting_user)
    return session


def _session_of(
    rows: type[Recommendation] | type[Action],
    row_id: int,
    acting_user: User,
    capability: str = "action.change",
) -> Session:
    """The row's session, running and locked; the row itself is read after that."""
    session_id = rows.objects.values_list("session_id", flat=True).get(pk=row_id)
    return running_session(session_id, acting_user, capability)


def _write(action: Action, promise: Promise) -> list[str]:
    villages = {village.pk for village in promise.villages}
    action.title, action.indicator = promise.title, promise.indicator
    action.lead_agency, action.due_on = promise.lead_agency, promise.due_on
    action.pillar, action.funding = promise.pillar, promise.funding
    action.villages_open = len(villages)
    return [
        "title",
        "indicator",
        "lead_agency",
        "due_on",
        "pillar",
        "funding",
        "villages_open",
    ]


def _tie(action: Action, promise: Promise) -> None:
    helpers = {agency.pk for agency in promise.supporters} - {action.lead_agency_id}
    ActionSupport.objects.bulk_create(
        ActionSupport(action=action, agency_id=pk) for pk in sorted(helpers)
    )
    ActionVillage.objects.bulk_create(
        ActionVillage(action=action, village_id=pk)
        for pk in sorted({village.pk for village in promise.villages})
    )


def _keepable(session: Session, promise: Promise) -> None:
    """ValidationError for a due date before the session, or a lead that cannot lead."""
    held_on = timezone.localdate(session.starts_at)
    if promise.due_on < held_on:
        text = _("The due date lies before the session of %(day)s. Choose a later day.")
        day = date_format(held_on, "DATE_FORMAT")
        raise ValidationError({"due_on": text % {"day": day}})
    lead = promise.lead_agency
    refuse_merged([lead.pk, *(helper.pk for helper in promise.supporters)])
    if lead.status != Agency.Status.CONFIRMED:
        text = _("Only a confirmed agency can lead. Ask the administrator to confirm.")
        raise ValidationError({"lead_agency": text})


def _on_the_agenda(session: Session, topic_id: int | None) -> None:
    if topic_id and not session.topics.filter(pk=topic_id).exists():
        raise ValidationError({"topic": _("Choose one of this session's topics.")})
