"""Lead agencies are reminded of what they promised."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desabinaan.notices.actions import Subject, notify_each
from desabinaan.notices.kinds import Kind
from fgd.models import Action
from fgd.selectors.voices import voices_by_agency

SOON = timedelta(days=7)
#: What has been overdue for longer was told while the reminders stood still.
LOOK_BACK = timedelta(days=30)
DAY = timedelta(days=1)


@transaction.atomic
def remind() -> int:
    """Who leads an action is told once before its day and once after it.

    Answers how many notices are new; safe to repeat. A moved day is a new one.
    """
    today = timezone.localdate()
    waiting = Action.objects.agreed().filter(status__in=["not_started", "in_progress"])
    soon = waiting.filter(due_on__range=(today, today + SOON))
    overdue = waiting.filter(due_on__range=(today - LOOK_BACK, today - DAY))
    return _tell(Kind.ACTION_DUE_SOON, soon) + _tell(Kind.ACTION_OVERDUE, overdue)


def _tell(kind: Kind, actions: Iterable[Action]) -> int:
    found = list(actions)
    people = defaultdict(list)
    for agency, user in voices_by_agency({action.lead_agency_id for action in found}):
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
        path=reverse("followup:action_detail", args=[action.pk]),
        once=f"{action.pk}:{action.due_on}",
        about=action.reference,
        day=action.due_on,
    )
