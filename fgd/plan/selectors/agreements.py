"""The recommendations of a session and their actions."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from desabinaan.accounts.access import Actor
from fgd.plan.models import Action, ActionSupport, ActionVillage, Recommendation
from fgd.plan.querysets import ActionQuerySet
from fgd.sessions.models import Session
from villages.register.models import Village


def actions_of_village(village: Village) -> ActionQuerySet:
    """Return agreed actions in the village by due date; narrow by `visible_to`."""
    in_village = ActionVillage.objects.filter(village=village).values("action_id")
    rows = Action.objects.agreed().filter(pk__in=in_village)
    return rows.select_related("lead_agency", "session").order_by("due_on", "id")


def recommendations_of(session: Session, user: Actor) -> QuerySet[Recommendation]:
    """Return the recommendations with their actions, agencies and villages.

    All actions of the session are returned; `is_visible` marks those whose page
    `user` may open.
    """
    villages = ActionVillage.objects.select_related("village").order_by("id")
    supports = ActionSupport.objects.select_related("agency").order_by("id")
    is_visible = Action.objects.visible_to(user).filter(pk=OuterRef("pk"))
    actions = (
        Action.objects.select_related("lead_agency")
        .annotate(is_visible=Exists(is_visible))
        .prefetch_related(
            Prefetch("action_villages", villages), Prefetch("supports", supports)
        )
        .order_by("id")
    )
    return session.recommendations.select_related("topic").prefetch_related(
        Prefetch("actions", actions)
    )
