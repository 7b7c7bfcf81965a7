"""Villages are reminded of the reports they owe."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desabinaan.notices.kinds import Kind
from reports.monthly.actions import telling
from reports.monthly.models import ReportSlot

SOON = timedelta(days=3)
#: What has been late for longer was told while the reminders stood still.
LOOK_BACK = timedelta(days=30)
DAY = timedelta(days=1)


@transaction.atomic
def remind() -> int:
    """Who owes a report is told once before its day and once after it.

    Answers how many notices are new; safe to repeat.
    """
    today = timezone.localdate()
    owed = ReportSlot.objects.waiting_for_village().select_related("village")
    soon = owed.filter(due_on__range=(today, today + SOON))
    late = owed.filter(due_on__range=(today - LOOK_BACK, today - DAY))
    return telling.villages(Kind.REPORT_DUE_SOON, soon) + telling.villages(
        Kind.REPORT_LATE, late
    )
