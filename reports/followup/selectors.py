"""Open tasks in the action plan, and progress in a village."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from desabinaan.accounts.access import Actor
from fgd.plan.models import Action, ActionVillage, ProgressUpdate
from fgd.plan.querysets import OPEN_ACTION, ActionQuerySet
from fgd.plan.selectors.plan import actions_in_plan
from fgd.plan.selectors.rights import verifiable, with_decidable_waiver
from villages.register.models import Village

#: Counting stops here ("99+"), so that it does not grow with the table.
MOST = 100


@dataclass(frozen=True, slots=True)
class ActionTaskCounts:
    """Counts of at most 100: open and overdue actions, and those to decide about."""

    open: int
    overdue: int
    to_verify: int
    with_waiver: int


def waiting_for(user: Actor) -> ActionTaskCounts:
    """Count this user's tasks in the action plan; one query."""
    plan = actions_in_plan(user)
    parts = [
        _few(plan.filter(status__in=OPEN_ACTION), "open"),
        _few(plan.overdue(), "overdue"),
        _few(to_verify(user), "to_verify"),
        _few(with_waiver(user), "with_waiver"),
    ]
    counts = Counter(row[0] for row in parts[0].union(*parts[1:], all=True))
    return ActionTaskCounts(
        *(counts[kind] for kind in ("open", "overdue", "to_verify", "with_waiver"))
    )


def to_verify(user: Actor) -> ActionQuerySet:
    """Return actions reported done elsewhere that this user may verify."""
    return verifiable(Action.objects.all(), user)


def with_waiver(user: Actor) -> ActionQuerySet:
    """Return actions that are moving, with a waiver this user may grant or decline."""
    return with_decidable_waiver(Action.objects.all(), user)


def _few(actions: ActionQuerySet, kind: str) -> QuerySet[Action, tuple[Any]]:
    named = actions.order_by().annotate(kind=Value(kind, CharField()))
    return named.values_list("kind")[:MOST]


def progress_in(village: Village, limit: int) -> QuerySet[ProgressUpdate]:
    """Return the progress of the actions in this village, newest first."""
    places = ActionVillage.objects.filter(village=village)
    rows = ProgressUpdate.objects.filter(
        Q(village=village) | Q(agency__isnull=False),
        action__in=places.values("action_id"),
    ).select_related("action", "agency", "village", "reported_by")
    return rows.defer("village__search")[:limit]
