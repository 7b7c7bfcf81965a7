from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from desabinaan.portal.services.coverage import refresh_coverage


class Command(BaseCommand):
    help = (
        "Brings the figures of the map in step with visits, reports and assignments; "
        "the worker does the same every five minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = refresh_coverage()
        self.stdout.write(_("Villages whose figures changed: %(n)s.") % {"n": changed})
