"""The action plan as rows, its filters, and reads for other apps."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from desabinaan.lib.web.paging import Order
from fgd.agencies.models import Agency
from fgd.plan.models import Action, ActionSupport, ActionVillage
from fgd.plan.querysets import OPEN_ACTION, ActionQuerySet
from villages.places.models import Region
from villages.places.permissions import roles_for
from villages.register.models import Village

COLUMNS = (
    "id", "title", "due_on", "status", "return_reason", "percent",
    "lead_agency__short_name",
)  # fmt: skip
FEW = 500
SORTS = {"tenggat": Order("due_on"), "nomor": Order("id")}
WAITING = frozenset({Action.Status.NOT_STARTED, Action.Status.IN_PROGRESS})


def sees_whole_plan(user: Actor) -> bool:
    """Whether `user` searches the plan of an area, not only a list of own tasks."""
    user_roles = roles_for(user)
    office_lists = (
        user_roles.offices("session.view"),
        user_roles.home_offices("session.view"),
    )
    return any(office_lists)


def actions_in_plan(user: Actor) -> ActionQuerySet:
    """Return the agreed actions that `user` may see."""
    return Action.objects.visible_to(user).agreed()


def list_values(actions: ActionQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """Return plain rows; `village_names` lists the names of the action's villages."""
    places = (
        ActionVillage.objects.filter(action_id=OuterRef("pk"))
        .order_by("village__name_folded", "id")
        .values_list(
            Concat(
                F("village__name"),
                Value(", "),
                F("village__district_name"),
                output_field=CharField(),
            )
        )
    )
    values: QuerySet[Any, dict[str, Any]] = actions.annotate(
        village_names=ArraySubquery(places)
    ).values(*COLUMNS, "village_names")
    return values


# --- Choices of the filters --------------------------------------------------


def choices_of_plan() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return choices: agencies, and regencies with a village; in one query."""
    agencies = Agency.objects.confirmed().values_list(
        Value("agency"), Concat(F("id"), Value(""), output_field=CharField())
    )
    fostered = Village.objects.values("regency_id")
    regencies = Region.objects.filter(level=2, pk__in=fostered)
    rows = agencies.annotate(label=F("short_name")).union(
        regencies.values_list(Value("regency"), F("code")).annotate(label=F("name")),
        all=True,
    )
    choices: dict[str, list[tuple[str, str]]] = {"agency": [], "regency": []}
    for kind, key, label in sorted(rows, key=lambda row: folded(row[2])):
        choices[kind].append((key, label))
    return choices["agency"], choices["regency"]


# --- Narrowing ---------------------------------------------------------------


def of_agency(actions: ActionQuerySet, agency: int) -> ActionQuerySet:
    """Return actions that the agency, or one merged into it, leads or supports.

    Few actions are selected by their ids, many by a condition, so that PostgreSQL
    can stop early on a sorted page. Two short queries find out which it is.
    """
    names = Q(pk=agency) | Q(successor=agency)
    ids = list(Agency.objects.filter(names).order_by().values_list("pk", flat=True))
    led = Action.objects.filter(lead_agency__in=ids).order_by().values_list("pk")
    helped = ActionSupport.objects.filter(agency__in=ids).order_by()
    either = led[:FEW].union(helped.values_list("action_id")[:FEW], all=True)
    found = {pk for (pk,) in either}
    if len(found) < FEW:
        return actions.filter(pk__in=found)
    return actions.filter(Q(lead_agency__in=ids) | Q(pk__in=helped.values("action_id")))


def in_village(actions: ActionQuerySet, village: int) -> ActionQuerySet:
    places = ActionVillage.objects.filter(village_id=village)
    return actions.filter(pk__in=places.values("action_id"))


def in_regency(actions: ActionQuerySet, code: str) -> ActionQuerySet:
    places = ActionVillage.objects.filter(village__regency_id=code)
    return actions.filter(pk__in=places.values("action_id"))


# --- For other apps ----------------------------------------------------------


def open_actions(user: Actor, limit: int = 5) -> list[dict[str, Any]]:
    """Return rows of the user's open actions, the next due first."""
    rows = list_values(actions_in_plan(user).filter(status__in=OPEN_ACTION))
    return list(rows.order_by("due_on", "id")[:limit])


def actions_of_village(user: Actor, village: Village) -> ActionQuerySet:
    """Return the agreed actions of one village that `user` may read."""
    return in_village(actions_in_plan(user), village.pk).order_by("due_on", "id")


def open_in_villages(user: Actor, villages: Collection[int]) -> QuerySet[ActionVillage]:
    """Return open actions in these villages, one row each, the next due first."""
    still_open = actions_in_plan(user).filter(status__in=OPEN_ACTION)
    rows = ActionVillage.objects.filter(village__in=villages, action__in=still_open)
    return rows.select_related("action__lead_agency").order_by(
        "action__due_on", "action_id"
    )
