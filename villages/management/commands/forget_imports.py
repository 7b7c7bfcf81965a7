from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from villages.actions import importing


class Command(BaseCommand):
    help = "Deletes files and rows of uploaded lists after 30 days; by cron or worker."

    def handle(self, *args: Any, **options: Any) -> None:
        count = importing.forget_old_imports()
        self.stdout.write(_("%(count)s lists were forgotten.") % {"count": count})
