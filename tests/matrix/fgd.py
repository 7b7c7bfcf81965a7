"""What the matrix asks for of FGD: sessions with all they hold, and actions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.uploads.models import UploadProgress, UploadRow
from fgd.agencies.models import Agency
from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Delegate, DelegateList, Invitation
from fgd.plan.models import Action, ActionVillage, Recommendation
from fgd.sessions.models import AgendaItem, RundownList, Session, Topic
from tests.dataset import make_session
from villages.register.models import Village


@dataclass
class FgdRecords:
    """A draft, a running session and what it holds, and actions of a final one."""

    draft: Session
    running: Session
    agenda_item: AgendaItem
    rundown_list: RundownList
    topic: Topic
    minutes_entry: MinutesEntry
    invitation: Invitation
    delegate: Delegate
    delegate_list: DelegateList
    recommendation: Recommendation
    unagreed_action: Action
    agreed_action: Action
    waiver_action: Action
    reported_action: Action


def create_fgd_records(village: Village, agency: Agency, person: User) -> FgdRecords:
    office = village.office
    running = _session(village, agency, person, "in_progress")
    final = _session(village, agency, person, "finalised", finalised_at=timezone.now())
    topic = Topic.objects.create(session=running, number=1, title="Modus baru")
    delegate = Delegate.objects.create(session=running, agency=agency, name="Siti")
    return FgdRecords(
        draft=make_session(office, person, status="draft"),
        running=running,
        agenda_item=AgendaItem.objects.create(
            session=running, starts_at="09:00", minutes=30, title="Pembukaan"
        ),
        rundown_list=_rundown_list(running, person),
        topic=topic,
        minutes_entry=MinutesEntry.objects.create(
            topic=topic, speaker=delegate, text="Perlu penyuluhan.", written_by=person
        ),
        invitation=running.invitations.get(agency=agency),
        delegate=delegate,
        delegate_list=_delegate_list(running, agency, person),
        recommendation=_recommendation(running),
        agreed_action=_action(
            final, village, agency, "in_progress", agreed_at=timezone.now()
        ),
        waiver_action=_waiver(
            _action(final, village, agency, "in_progress", agreed_at=timezone.now()),
            person,
        ),
        unagreed_action=_action(running, village, agency, "not_started"),
        reported_action=_action(
            final,
            village,
            agency,
            "reported_done",
            agreed_at=timezone.now(),
            reported_by=person,
            reported_at=timezone.now(),
        ),
    )


def _rundown_list(session: Session, person: User) -> RundownList:
    """Create a pasted rundown with one line that is ready."""
    listed = RundownList.objects.create(
        session=session,
        uploaded_by=person,
        filename="susunan acara",
        delete_on=date(2027, 1, 31),
        status="previewed",
    )
    UploadProgress.objects.create(parent=listed)
    UploadRow.objects.create(
        parent=listed,
        line=1,
        cells={"starts_at": "10.00", "minutes": "30", "title": "Paparan"},
        check_result="ready",
    )
    return listed


def _session(
    village: Village, agency: Agency, person: User, status: str, **fields: Any
) -> Session:
    session = make_session(village.office, person, status=status, **fields)
    Invitation.objects.create(session=session, agency=agency)
    Invitation.objects.create(session=session, village=village)
    return session


def _recommendation(session: Session) -> Recommendation:
    recommendation, _created = Recommendation.objects.get_or_create(
        session=session, number=1, text="Perkuat pencegahan."
    )
    return recommendation


def _action(
    session: Session, village: Village, agency: Agency, status: str, **fields: Any
) -> Action:
    action = Action.objects.create(
        recommendation=_recommendation(session),
        session=session,
        office=session.office,
        title="Pelatihan kerja",
        lead_agency=agency,
        due_on=date(2027, 3, 1),
        indicator="Dua kali pelatihan",
        pillar="knowledge",
        status=status,
        percent=100,
        evidence_count=1,
        **fields,
    )
    ActionVillage.objects.create(action=action, village=village, status="done")
    return action


def _waiver(action: Action, person: User) -> Action:
    """Return the action with a waiver that somebody requested for its village."""
    action.action_villages.update(
        status="waiver_requested", reason="Banjir.", requested_by=person
    )
    return action


def _delegate_list(session: Session, agency: Agency, person: User) -> DelegateList:
    """Create a previewed list of delegates with one row that is ready."""
    listed = DelegateList.objects.create(
        session=session,
        uploaded_by=person,
        filename="peserta",
        delete_on=date(2027, 1, 31),
        status="previewed",
    )
    UploadProgress.objects.create(parent=listed)
    UploadRow.objects.create(
        parent=listed,
        line=1,
        cells={"name": "Rina", "party": agency.short_name},
        subject=f"a{agency.pk}",
        check_result="ready",
    )
    return listed
