"""What was recommended and promised."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from desabinaan.accounts.access import Actor
from fgd.models import (
    Action,
    ActionSupport,
    ActionVillage,
    MinutesEntry,
    Recommendation,
    Session,
    Topic,
    TopicVillage,
)
from fgd.querysets import ActionQuerySet
from villages.models import Village


def actions_of_village(village: Village) -> ActionQuerySet:
    """Agreed actions in the village, by due date; narrow by `visible_to`."""
    here = ActionVillage.objects.filter(village=village).values("action_id")
    rows = Action.objects.agreed().filter(pk__in=here)
    return rows.select_related("lead_agency", "session").order_by("due_on", "id")


def recommendations_of(session: Session, user: Actor) -> QuerySet[Recommendation]:
    """The session's recommendations, each with its actions and who is tied to them.

    The table reads all that was agreed; `in_sight` marks what `user` may open.
    """
    villages = ActionVillage.objects.select_related("village").order_by("id")
    helpers = ActionSupport.objects.select_related("agency").order_by("id")
    in_sight = Action.objects.visible_to(user).filter(pk=OuterRef("pk"))
    actions = (
        Action.objects.select_related("lead_agency")
        .annotate(in_sight=Exists(in_sight))
        .prefetch_related(
            Prefetch("action_villages", villages), Prefetch("supports", helpers)
        )
        .order_by("id")
    )
    return session.recommendations.select_related("topic").prefetch_related(
        Prefetch("actions", actions)
    )


def topics_of(session: Session) -> QuerySet[Topic]:
    """The session's topics with their villages."""
    villages = TopicVillage.objects.select_related("village").order_by("id")
    return session.topics.prefetch_related(Prefetch("topic_villages", villages))


def entries_of(session: Session) -> QuerySet[MinutesEntry]:
    """Everything that was said at the session."""
    return MinutesEntry.objects.filter(topic__session=session)


def topics_with_minutes(session: Session) -> QuerySet[Topic]:
    """The session's topics with what was said under each."""
    entries = MinutesEntry.objects.select_related(
        "speaker__agency", "speaker__village", "changed_by", "written_by"
    )
    return session.topics.prefetch_related(Prefetch("minutes", entries.order_by("id")))
