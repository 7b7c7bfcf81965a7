"""Recommendations and the actions under them, until the session is final."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow import numbering, versions
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.versions import check_version
from fgd.agencies.models import Agency
from fgd.agencies.services.locking import refuse_merged
from fgd.plan.models import Action, ActionSupport, ActionVillage, Recommendation
from fgd.sessions.models import Session
from fgd.sessions.services.locking import running_session
from villages.register.models import Village


@dataclass(frozen=True, slots=True)
class ActionData:
    """Content of an action: agencies, villages, due date, indicator, funding."""

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
    """Add a recommendation under the next number."""
    session = running_session(session_id, acting_user, "action.create")
    _check_topic(session, topic_id)
    recommendation = Recommendation.objects.create(
        session=session,
        topic_id=topic_id,
        number=numbering.next_number(session.recommendations),
        text=text,
    )
    record_event(session, "change_agreements", acting_user, occurred_at=occurred_at)
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
    """Change text and topic of a recommendation."""
    session = _session_of(Recommendation, recommendation_id, acting_user)
    row = get_or_refuse(session.recommendations.all(), recommendation_id)
    check_version(row, version)
    _check_topic(session, topic_id)
    row.text, row.topic_id = text, topic_id
    row.save(update_fields=["text", "topic", *versions.next_version(row, acting_user)])
    record_event(session, "change_agreements", acting_user)
    return row


@transaction.atomic
def remove_recommendation(recommendation_id: int, *, acting_user: User) -> Session:
    """Remove a recommendation; ValidationError while it has actions."""
    session = _session_of(Recommendation, recommendation_id, acting_user)
    row = get_or_refuse(session.recommendations.all(), recommendation_id)
    if row.actions.exists():
        raise ValidationError(
            _("This recommendation has actions. Remove them first."), "in_use"
        )
    remove_row(row, within=session, acting_user=acting_user)
    numbering.close_gaps(session.recommendations)
    record_event(session, "change_agreements", acting_user)
    return session


# --- Actions -----------------------------------------------------------------


@transaction.atomic
def add_action(
    recommendation_id: int,
    *,
    acting_user: User,
    data: ActionData,
    occurred_at: datetime | None = None,
) -> Action:
    """Add an action to the recommendation; it is agreed with the final minutes."""
    session = _session_of(
        Recommendation, recommendation_id, acting_user, "action.create"
    )
    row = get_or_refuse(session.recommendations.all(), recommendation_id)
    _refuse_invalid_data(session, data)
    action = Action(recommendation=row, session=session, office=session.office)
    _write(action, data)
    action.save()
    _add_agencies_and_villages(action, data)
    record_event(session, "change_agreements", acting_user, occurred_at=occurred_at)
    return action


@transaction.atomic
def change_action(
    action_id: int, *, acting_user: User, version: int, data: ActionData
) -> Action:
    """Change an action; possible until the session is final."""
    session = _session_of(Action, action_id, acting_user)
    action = get_or_refuse(session.actions.all(), action_id)
    check_version(action, version)
    _refuse_invalid_data(session, data)
    fields = [*_write(action, data), *versions.next_version(action, acting_user)]
    action.save(update_fields=fields)
    action.supports.all().delete()
    action.action_villages.all().delete()
    _add_agencies_and_villages(action, data)
    record_event(session, "change_agreements", acting_user)
    return action


@transaction.atomic
def remove_action(action_id: int, *, acting_user: User) -> Session:
    """Remove an action that is not agreed; an agreed one can only be cancelled."""
    session = _session_of(Action, action_id, acting_user)
    action = get_or_refuse(session.actions.all(), action_id)
    remove_row(action, within=session, acting_user=acting_user)
    record_event(session, "change_agreements", acting_user)
    return session


def _session_of(
    rows: type[Recommendation] | type[Action],
    row_id: int,
    acting_user: User,
    capability: str = "action.change",
) -> Session:
    """Return the running session of the row, locked; read the row afterwards."""
    row: Any = get_or_refuse(rows.objects.all(), row_id)
    return running_session(row.session_id, acting_user, capability)


def _write(action: Action, data: ActionData) -> list[str]:
    villages = {village.pk for village in data.villages}
    action.title, action.indicator = data.title, data.indicator
    action.lead_agency, action.due_on = data.lead_agency, data.due_on
    action.pillar, action.funding = data.pillar, data.funding
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


def _add_agencies_and_villages(action: Action, data: ActionData) -> None:
    supporters = {agency.pk for agency in data.supporters} - {action.lead_agency_id}
    ActionSupport.objects.bulk_create(
        ActionSupport(action=action, agency_id=pk) for pk in sorted(supporters)
    )
    ActionVillage.objects.bulk_create(
        ActionVillage(action=action, village_id=pk)
        for pk in sorted({village.pk for village in data.villages})
    )


def _refuse_invalid_data(session: Session, data: ActionData) -> None:
    """ValidationError for a due date before the session, or an invalid agency."""
    held_on = session.first_day
    if data.due_on < held_on:
        text = _("The due date is before the session of %(day)s. Choose a later date.")
        day = date_format(held_on, "DATE_FORMAT")
        raise ValidationError({"due_on": text % {"day": day}})
    lead = data.lead_agency
    refuse_merged([lead.pk, *(agency.pk for agency in data.supporters)])
    if lead.status != Agency.Status.CONFIRMED:
        text = _("Only a confirmed agency can lead. Ask the administrator to confirm.")
        raise ValidationError({"lead_agency": text})
    if lead.is_unlinked_office:
        text = _(
            "This immigration agency is not linked to its office, so it cannot lead. "
            "Choose the office itself, or ask the administrator to link it."
        )
        raise ValidationError({"lead_agency": text})
    _refuse_without_verifier(data)


def _refuse_without_verifier(data: ActionData) -> None:
    """ValidationError for a regional office's action that no other office verifies."""
    office = data.lead_agency.office
    if office is None or office.kind != office.Kind.REGIONAL:
        return
    gaining = {office.pk, *(agency.office_id for agency in data.supporters)}
    if all(village.office_id in gaining for village in data.villages):
        text = _(
            "The regional office does not verify its own action. Add a village of an "
            "office that does not support it: that office verifies it."
        )
        raise ValidationError({"villages": text})


def _check_topic(session: Session, topic_id: int | None) -> None:
    if topic_id and not session.topics.filter(pk=topic_id).exists():
        raise ValidationError({"topic": _("Choose one of this session's topics.")})
