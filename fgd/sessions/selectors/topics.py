from django.db.models import Prefetch, QuerySet

from fgd.sessions.models import Session, Topic, TopicVillage


def topics_of(session: Session) -> QuerySet[Topic]:
    """The session's topics with their villages."""
    villages = TopicVillage.objects.select_related("village").order_by("id")
    return session.topics.prefetch_related(Prefetch("topic_villages", villages))
