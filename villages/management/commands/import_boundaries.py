from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from villages import actions
from villages.boundary_files import BadBoundaryFile


class Command(BaseCommand):
    help = (
        "Takes over outlines for the map from a GeoJSON file in WGS 84; each feature "
        "names its region by the property `code`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = actions.import_boundaries(options["file"])
        except BadBoundaryFile as bad:
            raise CommandError(
                "\n".join([*bad.problems, _("Nothing was imported.")])
            ) from bad
        self.stdout.write(_("%(count)s outlines imported.") % {"count": count})
