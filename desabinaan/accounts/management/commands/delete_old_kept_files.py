from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from desabinaan.accounts.services.kept_files import delete_old_kept_files


class Command(BaseCommand):
    help = "Deletes files kept for unsent forms after a day; by cron or worker."

    def handle(self, *args: Any, **options: Any) -> None:
        count = delete_old_kept_files()
        self.stdout.write(_("%(count)s files were deleted.") % {"count": count})
