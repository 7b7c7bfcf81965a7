from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from desabinaan.demo.accounts import accounts_table
from desabinaan.demo.build import build, holds_anybody_else


class Command(BaseCommand):
    help = "Fills an empty portal with the demonstration and prints its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("This is not a demonstration. Set DEMO=1 to fill it with examples.")
            )
        if holds_anybody_else():
            raise CommandError(
                _(
                    "This database belongs to a real portal: it holds accounts or "
                    "offices that no demonstration made. Name an empty database in "
                    "DATABASE_URL. Nothing was changed."
                )
            )
        if build():
            self.stdout.write(_("The demonstration is ready."))
        else:
            self.stdout.write(
                _("The demonstration is already there. Nothing was changed.")
            )
        self._print_accounts()

    def _print_accounts(self) -> None:
        heads = (_("User name"), _("Role"), _("Place"))
        rows = [heads, *accounts_table()]
        first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
        for name, role, place in rows:
            self.stdout.write(f"  {name:<{first}}  {role:<{second}}  {place}".rstrip())
        self.stdout.write(
            _("Password of all: %(password)s") % {"password": settings.DEMO_PASSWORD}
        )
