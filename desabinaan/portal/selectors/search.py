"""Rows that match a search, as far as the user may see them."""

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from fgd.agencies.models import Agency
from fgd.agencies.selectors.agencies import agency_rows
from fgd.plan.models import Action
from fgd.plan.selectors.plan import actions_in_plan
from fgd.sessions.models import Session
from villages.register.models import Village
from villages.register.selectors.search import ranked_villages


def villages_matching(user: Actor, typed: str) -> QuerySet[Village]:
    scope = Village.objects.visible_to(user).select_related("region").defer("search")
    return ranked_villages(typed, scope)


def sessions_matching(user: Actor, typed: str) -> QuerySet[Session]:
    rows = Session.objects.visible_to(user).matching(typed).select_related("office")
    return rows.defer("search", "purpose").order_by("-starts_at", "-id")


def actions_matching(user: Actor, typed: str) -> QuerySet[Action]:
    rows = actions_in_plan(user).matching(typed).select_related("lead_agency")
    return rows.defer("search", "lead_agency__search").order_by("-due_on", "-id")


def agencies_matching(user: Actor, typed: str) -> QuerySet[Agency]:
    return agency_rows(user, typed).prefetch_related(None).defer("search")
