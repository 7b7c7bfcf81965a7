from django.db.models import Prefetch, QuerySet

from fgd.minutes.models import MinutesEntry
from fgd.sessions.models import Session, Topic


def entries_of(session: Session) -> QuerySet[MinutesEntry]:
    """Return the entries of the minutes of a session."""
    return MinutesEntry.objects.filter(topic__session=session)


def topics_with_minutes(session: Session) -> QuerySet[Topic]:
    """Return the topics of a session with their minutes."""
    entries = MinutesEntry.objects.select_related(
        "speaker__agency", "speaker__village", "changed_by", "written_by"
    )
    return session.topics.prefetch_related(Prefetch("minutes", entries.order_by("id")))
