from typing import Any

from django.core.management.base import BaseCommand

from villages.actions import load_banks
from villages.question_files import read_banks


class Command(BaseCommand):
    """Pillars without a question bank have the one that comes along; harmless twice."""

    help = "Puts the shipped questions of the awareness test into use where none are."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_banks(read_banks())
        self.stdout.write(f"{made} question banks loaded.")
