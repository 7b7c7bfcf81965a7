from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from villages.places import services


class Command(BaseCommand):
    help = (
        "Loads hotlines, laws, schemes, holidays and kinds of activity that come with "
        "the portal. Rows that somebody edited stay as they are; run it as often as "
        "you like."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        result = services.load_reference()
        self.stdout.write(
            _("Reference data: %(added)s added, %(renewed)s renewed, %(kept)s kept.")
            % {
                "added": result.added,
                "renewed": result.renewed,
                "kept": result.unchanged,
            }
        )
