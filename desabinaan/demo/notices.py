"""The demonstration's notices, most of them read."""

from datetime import timedelta

from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.services.marking import mark_all_read
from reports.followup.services import remind as remind_of_actions
from reports.monthly.services.reminders import remind as remind_of_reports

LATELY = timedelta(days=30)


def remind_and_read() -> None:
    """Send the reminders, and mark all notices but the last weeks' as read."""
    remind_of_reports()
    remind_of_actions()
    until = timezone.now() - LATELY
    for person in User.objects.filter(is_demonstration=True):
        mark_all_read(until, acting_user=person)
