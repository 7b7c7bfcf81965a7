"""Send reminders of due and late reports and actions; for cron, daily."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.followup.services import remind as remind_of_actions
from reports.monthly.services.reminders import remind as remind_of_reports


class Command(BaseCommand):
    help = "Remind villages and agencies of what is due soon or late, once each."

    def handle(self, *args: Any, **options: Any) -> None:
        count = remind_of_reports() + remind_of_actions()
        self.stdout.write(f"{count} notices.")
