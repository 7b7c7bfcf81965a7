from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from villages.places.region_files import DATA_FOLDER, BadRegionFiles
from villages.register import services


class Command(BaseCommand):
    help = (
        "Imports provinces.csv, regencies.csv, districts.csv and villages.csv of a "
        "folder; without one, those of Banten that come with the portal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=DATA_FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = services.import_regions(
                options["folder"], report_progress=self.stdout.write
            )
        except BadRegionFiles as bad:
            raise CommandError(
                "\n".join([*bad.problems, _("Nothing was imported.")])
            ) from bad
        self.stdout.write(
            _(
                "Regions: %(added)s added, %(changed)s changed, "
                "%(unchanged)s unchanged; %(renamed)s fostered villages renamed."
            )
            % {
                "added": result.added,
                "changed": result.changed,
                "unchanged": result.unchanged,
                "renamed": result.renamed_villages,
            }
        )
