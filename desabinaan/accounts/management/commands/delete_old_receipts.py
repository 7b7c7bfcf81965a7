from typing import Any

from django.core.management.base import BaseCommand

from desabinaan.accounts import services


class Command(BaseCommand):
    help = "Deletes the receipts of forms sent a month ago; by cron or worker."

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.delete_old_receipts()
        self.stdout.write(f"{count} receipts were deleted.")
