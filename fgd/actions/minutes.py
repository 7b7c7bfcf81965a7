"""What was said, topic by topic, until the session is final."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from fgd.actions import recording
from fgd.actions.locks import not_stale, running_session, still_there
from fgd.models import MinutesEntry, Session, Topic


@transaction.atomic
def add_entry(
    topic_id: int,
    *,
    acting_user: User,
    text: str,
    speaker_id: int | None = None,
    occurred_at: datetime | None = None,
) -> MinutesEntry:
    """Under this topic stands what the speaker said."""
    session_id = Topic.objects.values_list("session_id", flat=True).get(pk=topic_id)
    session = running_session(session_id, acting_user, "minutes.change")
    topic = still_there(session.topics.all(), topic_id)
    _sits_at_the_table(session, speaker_id)
    entry = MinutesEntry.objects.create(
        topic=topic, speaker_id=speaker_id, text=text, written_by=acting_user
    )
    recording.on_session(session, "write_minutes", acting_user, occurred_at=occurred_at)
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
    """The entry reads so."""
    session = _session_of(entry_id, acting_user)
    entry = still_there(_entries(session), entry_id)
    not_stale(entry, version)
    _sits_at_the_table(session, speaker_id)
    entry.text, entry.speaker_id = text, speaker_id
    fields = ["text", "speaker"]
    entry.save(update_fields=[*fields, *recording.changed(entry, acting_user)])
    recording.on_session(session, "write_minutes", acting_user)
    return entry


@transaction.atomic
def remove_entry(entry_id: int, *, acting_user: User) -> Session:
    """The minutes go on without this entry."""
    session = _session_of(entry_id, acting_user)
    still_there(_entries(session), entry_id).delete()
    recording.on_session(session, "write_minutes", acting_user)
    return session


def _session_of(entry_id: int, acting_user: User) -> Session:
    entries = MinutesEntry.objects.values_list("topic__session_id", flat=True)
    return running_session(entries.get(pk=entry_id), acting_user, "minutes.change")


def _entries(session: Session) -> QuerySet[MinutesEntry]:
    return MinutesEntry.objects.filter(topic__session=session)


def _sits_at_the_table(session: Session, speaker_id: int | None) -> None:
    if speaker_id and not session.delegates.filter(pk=speaker_id).exists():
        text = _("Choose a speaker from this session's delegates.")
        raise ValidationError({"speaker": text})
