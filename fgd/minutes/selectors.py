from django.db.models import Prefetch, QuerySet

from desabinaan.accounts.access import Actor, may
from fgd.minutes.models import MinutesEntry
from fgd.participants.selectors.participants import visible_delegates
from fgd.sessions.models import Session, Topic


def entries_of(session: Session) -> QuerySet[MinutesEntry]:
    """Return the entries of the minutes of a session."""
    return MinutesEntry.objects.filter(topic__session=session)


def reads_speakers(user: Actor, session: Session) -> bool:
    """Whether `user` reads the speakers by name: staff, and parties that attended."""
    if may(user, "participant.view", session):
        return True
    own = visible_delegates(user, session, names=False)
    return own.filter(attendance__isnull=False).exists()


def topics_with_minutes(session: Session) -> QuerySet[Topic]:
    """Return the topics of a session with their minutes."""
    entries = MinutesEntry.objects.select_related(
        "speaker__agency", "speaker__village", "changed_by", "written_by"
    )
    return session.topics.prefetch_related(Prefetch("minutes", entries.order_by("id")))
