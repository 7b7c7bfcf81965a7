from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from villages.places import services
from villages.places.boundary_files import BadBoundaryFile, FileOptions


class Command(BaseCommand):
    help = (
        "Imports outlines for the map from a GeoJSON file in WGS 84; each feature "
        "names its region by the property `code`, or by the one that --property names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--property", default="code", help="the property with the region's code"
        )
        parser.add_argument(
            "--accept-far",
            action="store_true",
            help="import outlines that lie far from their villages, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = FileOptions(options["property"], options["accept_far"])
        try:
            outlines = services.import_boundaries(options["file"], chosen)
        except BadBoundaryFile as bad:
            raise CommandError(
                "\n".join([*bad.problems, _("Nothing was imported.")])
            ) from bad
        self.stdout.write(_("%(count)s outlines imported.") % {"count": len(outlines)})
        undotted = [outline for outline in outlines if outline.written != outline.code]
        for outline in undotted[:1]:
            example = {"written": outline.written, "code": outline.code}
            self.stdout.write(
                ngettext(
                    "%(count)s code had no dots: %(written)s was read as %(code)s.",
                    "%(count)s codes had no dots: %(written)s was read as %(code)s.",
                    len(undotted),
                )
                % {"count": len(undotted), **example}
            )
