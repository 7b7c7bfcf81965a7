from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from villages.places import services
from villages.places.boundary_files import BadBoundaryFile


class Command(BaseCommand):
    help = (
        "Imports outlines for the map from a GeoJSON file in WGS 84; each feature "
        "names its region by the property `code`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = services.import_boundaries(options["file"])
        except BadBoundaryFile as bad:
            raise CommandError(
                "\n".join([*bad.problems, _("Nothing was imported.")])
            ) from bad
        self.stdout.write(_("%(count)s outlines imported.") % {"count": count})
