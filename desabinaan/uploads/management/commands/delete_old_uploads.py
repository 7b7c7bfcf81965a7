from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from desabinaan.uploads import services


class Command(BaseCommand):
    help = "Deletes files and rows of uploaded lists after their time; cron or worker."

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.delete_old_uploads()
        self.stdout.write(_("%(count)s lists were deleted.") % {"count": count})
