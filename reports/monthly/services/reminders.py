"""Reminders to villages of the reports they owe."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desabinaan.notices.kinds import Kind
from reports.monthly import notifications
from reports.monthly.models import ReportSlot

SOON = timedelta(days=3)
#: No reminder of what has been late for longer, after the worker was stopped.
LOOK_BACK = timedelta(days=30)
DAY = timedelta(days=1)


@transaction.atomic
def remind() -> int:
    """Remind villages once before the due date and once after it.

    Return how many notices are new; safe to repeat.
    """
    today = timezone.localdate()
    owed = ReportSlot.objects.waiting_for_village().select_related("village")
    soon = owed.filter(due_on__range=(today, today + SOON))
    late = owed.filter(due_on__range=(today - LOOK_BACK, today - DAY))
    return notifications.notify_villages(
        Kind.REPORT_DUE_SOON, soon
    ) + notifications.notify_villages(Kind.REPORT_LATE, late)
