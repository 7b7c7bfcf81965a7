from typing import Any

from django.core.management.base import BaseCommand

from villages.outreach.question_files import read_banks
from villages.outreach.services.questions import load_banks


class Command(BaseCommand):
    """Load the bundled questions for pillars without a bank; safe to repeat."""

    help = "Loads the bundled questions of the awareness test for pillars without any."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_banks(read_banks())
        self.stdout.write(f"{made} question banks loaded.")
