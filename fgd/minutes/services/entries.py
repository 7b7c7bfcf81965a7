"""Entries of the minutes, until the session is final."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow import versions
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.versions import check_version
from fgd.minutes.models import MinutesEntry
from fgd.sessions.models import Session, Topic
from fgd.sessions.services.locking import running_session


@transaction.atomic
def add_entry(
    topic_id: int,
    *,
    acting_user: User,
    text: str,
    speaker_id: int | None = None,
    occurred_at: datetime | None = None,
) -> MinutesEntry:
    """Add an entry to the minutes of a topic."""
    session_id = get_or_refuse(Topic.objects.all(), topic_id).session_id
    session = running_session(session_id, acting_user, "minutes.change")
    topic = get_or_refuse(session.topics.all(), topic_id)
    _check_speaker(session, speaker_id)
    entry = MinutesEntry.objects.create(
        topic=topic, speaker_id=speaker_id, text=text, written_by=acting_user
    )
    record_event(session, "write_minutes", acting_user, occurred_at=occurred_at)
    return entry


@transaction.atomic
def change_entry(
    entry_id: int,
    *,
    acting_user: User,
    version: int,
    text: str,
    speaker_id: int | None = None,
) -> MinutesEntry:
    """Change text and speaker of an entry."""
    session = _session_of(entry_id, acting_user)
    entry = get_or_refuse(_entries(session), entry_id)
    check_version(entry, version)
    _check_speaker(session, speaker_id)
    entry.text, entry.speaker_id = text, speaker_id
    fields = ["text", "speaker"]
    entry.save(update_fields=[*fields, *versions.next_version(entry, acting_user)])
    record_event(session, "write_minutes", acting_user)
    return entry


@transaction.atomic
def remove_entry(entry_id: int, *, acting_user: User) -> Session:
    """Remove an entry from the minutes."""
    session = _session_of(entry_id, acting_user)
    entry = get_or_refuse(_entries(session), entry_id)
    remove_row(entry, within=session, acting_user=acting_user)
    record_event(session, "write_minutes", acting_user)
    return session


def _session_of(entry_id: int, acting_user: User) -> Session:
    entry = get_or_refuse(MinutesEntry.objects.select_related("topic"), entry_id)
    return running_session(entry.topic.session_id, acting_user, "minutes.change")


def _entries(session: Session) -> QuerySet[MinutesEntry]:
    return MinutesEntry.objects.filter(topic__session=session)


def _check_speaker(session: Session, speaker_id: int | None) -> None:
    if speaker_id and not session.delegates.filter(pk=speaker_id).exists():
        text = _("Choose a speaker from this session's delegates.")
        raise ValidationError({"speaker": text})
