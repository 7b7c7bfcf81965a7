"""Reminders to lead agencies of actions that are due or overdue."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desabinaan.notices.kinds import Kind
from desabinaan.notices.services.notifying import Subject, notify_each
from fgd.agencies.selectors.focal_points_of import representatives_by_agency
from fgd.plan.models import Action

SOON = timedelta(days=7)
#: No reminder of what has been overdue for longer, after the worker was stopped.
LOOK_BACK = timedelta(days=30)
DAY = timedelta(days=1)


@transaction.atomic
def remind() -> int:
    """Remind each lead agency once before the due date and once after it.

    Return how many notices are new; safe to repeat. A moved date counts as a new one.
    """
    today = timezone.localdate()
    waiting = Action.objects.agreed().filter(status__in=["not_started", "in_progress"])
    soon = waiting.filter(due_on__range=(today, today + SOON))
    overdue = waiting.filter(due_on__range=(today - LOOK_BACK, today - DAY))
    return _notify(Kind.ACTION_DUE_SOON, soon) + _notify(Kind.ACTION_OVERDUE, overdue)


def _notify(kind: Kind, actions: Iterable[Action]) -> int:
    found = list(actions)
    people = defaultdict(list)
    for agency, user in representatives_by_agency(
        {action.lead_agency_id for action in found}
    ):
        people[agency].append(user)
    return notify_each(
        kind,
        [
            (user, _subject(action))
            for action in found
            for user in people[action.lead_agency_id]
        ],
    )


def _subject(action: Action) -> Subject:
    return Subject(
        path=reverse("plan:action_detail", args=[action.pk]),
        once=f"{action.pk}:{action.due_on}",
        about=action.reference,
        day=action.due_on,
    )
