"""What people were told along the way, and what they have read of it."""

from datetime import timedelta

from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.actions import mark_all_read
from reports.followup.actions import remind as remind_of_actions
from reports.monthly.actions import remind as remind_of_reports

LATELY = timedelta(days=30)


def remind_and_read() -> None:
    """What is due or late was told; all but the last weeks' notices are read."""
    remind_of_reports()
    remind_of_actions()
    until = timezone.now() - LATELY
    for person in User.objects.filter(is_demonstration=True):
        mark_all_read(until, acting_user=person)
