"""What keeps the portal running, one line each; for the operator and for cron."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from desabinaan.health.presenters import findings
from desabinaan.health.selectors import portal_health


class Command(BaseCommand):
    help = (
        "Shows backups, worker, jobs, disks and certificate; fails on a problem. "
        "With --verbosity 0 it shows problems only."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        found = findings(portal_health())
        problems = [one for one in found if one.is_problem]
        for finding in found if verbosity else problems:
            sign = "!!" if finding.is_problem else "ok"
            self.stdout.write(f"{sign}  {finding.text}")
        if problems:
            number = {"number": len(problems)}
            raise CommandError(_("Problems found: %(number)s.") % number)
