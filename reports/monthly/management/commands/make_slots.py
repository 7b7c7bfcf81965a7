"""The villages' reports of a month become due; for cron, on the 1st."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from desabinaan.lib.text.dates import day_in
from reports.monthly.services.slots import make_slots


class Command(BaseCommand):
    help = "Make the report slots of a month, by default of last month."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", metavar="YYYY-MM", help="a month that is over")

    def handle(self, *args: Any, month: str | None, **options: Any) -> None:
        try:
            made = make_slots(_first_day(month) if month else None)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"{made} slots made.")


def _first_day(month: str) -> date:
    try:
        day = day_in(f"{month}-01")
    except ValidationError:
        day = None
    if day is None or f"{day:%Y-%m}" != month:
        raise CommandError("Write the month like this: --month 2026-10.")
    return day
