"""The action plan as rows: what, who leads, where, until when, how far."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.paging import Order
from fgd.models import Action, ActionSupport, ActionVillage, Agency
from fgd.querysets import OPEN_ACTION, ActionQuerySet
from fgd.workflow import ACTION_TONES
from reports.followup.models import ProgressUpdate
from villages.models import Region, Village
from villages.standing import standing_of

COLUMNS = ("id", "title", "due_on", "status", "percent", "lead_agency__short_name")
FEW = 500
SORTS = {"tenggat": Order("due_on"), "nomor": Order("id")}
WAITING = frozenset({Action.Status.NOT_STARTED, Action.Status.IN_PROGRESS})


def sees_whole_plan(user: Actor) -> bool:
    """Whether the plan is a register to search, not only a list of what to do."""
    standing = standing_of(user)
    held = standing.offices("session.view"), standing.home_offices("session.view")
    return any(held)


def actions_in_plan(user: Actor) -> ActionQuerySet:
    """The agreed actions in sight."""
    return Action.objects.visible_to(user).agreed()


def told_in_rows(actions: ActionQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """Plain rows; `villages` holds the labels of the action's villages."""
    places = (
        ActionVillage.objects.filter(action_id=OuterRef("pk"))
        .order_by("village__name", "id")
        .values_list(
            Concat(
                F("village__name"),
                Value(", "),
                F("village__district_name"),
                output_field=CharField(),
            )
        )
    )
    told: QuerySet[Any, dict[str, Any]] = actions.annotate(
        village_names=ArraySubquery(places)
    ).values(*COLUMNS, "village_names")
    return told


def dressed(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what the templates show: reference, state in words, lateness."""
    today = timezone.localdate()
    words = {value: str(label) for value, label in Action.Status.choices}
    return [_dressed(row, words, today) for row in rows]


def reference_of(action: int) -> str:
    """The number by which an action is spoken of."""
    return f"RTL-{action:05d}"


def _dressed(
    row: Mapping[str, Any], words: Mapping[str, str], today: date
) -> dict[str, Any]:
    names = row["village_names"]
    return {
        **row,
        "reference": reference_of(row["id"]),
        "lead": row["lead_agency__short_name"],
        "state": words[row["status"]],
        "tone": ACTION_TONES[row["status"]],
        "is_overdue": row["status"] in WAITING and row["due_on"] < today,
        "place": names[0] if names else "",
        "more_places": max(len(names) - 1, 0),
    }


# --- What the filters offer --------------------------------------------------


def choices_of_plan() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Agencies, and regencies with a fostered village; one query for both."""
    agencies = Agency.objects.confirmed().values_list(
        Value("agency"), Concat(F("id"), Value(""), output_field=CharField())
    )
    fostered = Village.objects.values("regency_id")
    regencies = Region.objects.filter(level=2, pk__in=fostered)
    rows = agencies.annotate(word=F("short_name")).union(
        regencies.values_list(Value("regency"), F("code")).annotate(word=F("name")),
        all=True,
    )
    found: dict[str, list[tuple[str, str]]] = {"agency": [], "regency": []}
    for kind, key, label in sorted(rows, key=lambda row: row[2].lower()):
        found[kind].append((key, label))
    return found["agency"], found["regency"]


# --- Narrowing ---------------------------------------------------------------


def of_agency(actions: ActionQuerySet, agency: int) -> ActionQuerySet:
    """Actions that the agency, or one merged into it, leads or supports.

    A few come by their ids; many by a condition, so that a sorted page stops
    early. Two short queries find out which it is.
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


# --- For other rooms ---------------------------------------------------------


def open_actions(user: Actor, limit: int = 5) -> list[dict[str, Any]]:
    """The user's open actions, the next due first, as rows."""
    rows = told_in_rows(actions_in_plan(user).filter(status__in=OPEN_ACTION))
    return dressed(rows.order_by("due_on", "id")[:limit])


def actions_of_village(user: Actor, village: Village) -> ActionQuerySet:
    """The agreed actions of one village that this user may read."""
    return in_village(actions_in_plan(user), village.pk).order_by("due_on", "id")


def open_in_villages(user: Actor, villages: Collection[int]) -> QuerySet[ActionVillage]:
    """Open agreed actions in these villages, a row per village, the next due first."""
    still_open = actions_in_plan(user).filter(status__in=OPEN_ACTION)
    rows = ActionVillage.objects.filter(village__in=villages, action__in=still_open)
    return rows.select_related("action__lead_agency").order_by(
        "action__due_on", "action_id"
    )


def updates_of_village(village: Village) -> QuerySet[ProgressUpdate]:
    """What was told for this village, the newest first."""
    return village.progress_updates.select_related("reported_by", "action")
