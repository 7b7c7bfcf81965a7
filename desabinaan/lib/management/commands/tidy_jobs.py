"""Tidy the queue; for cron, where no worker runs all the time."""

from typing import Any

from asgiref.sync import async_to_sync
from django.core.management.base import BaseCommand

from desabinaan.lib.workflow import jobs


class Command(BaseCommand):
    help = "Puts the jobs of killed workers back in the queue; removes old ones."

    def handle(self, *args: Any, **options: Any) -> None:
        revived = async_to_sync(jobs.revive_stalled)()
        async_to_sync(jobs.remove_finished)()
        self.stdout.write(f"{revived} stalled jobs found.")
