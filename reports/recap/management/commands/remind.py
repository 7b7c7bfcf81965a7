"""What is due soon or late is told to those who owe it; for cron, daily."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.followup.actions import remind as remind_of_actions
from reports.monthly.actions import remind as remind_of_reports


class Command(BaseCommand):
    help = "Tells villages and agencies what is due soon or late, each once."

    def handle(self, *args: Any, **options: Any) -> None:
        told = remind_of_reports() + remind_of_actions()
        self.stdout.write(f"{told} notices.")
