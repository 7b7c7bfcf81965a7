"""Restore a backup, or only check it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desabinaan.backups.restoring import RestoreProblem, check, restore


class Command(BaseCommand):
    help = "Restores what `backup` wrote, after checking the whole file."
    requires_system_checks = []  # the database may still be empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument(
            "--replace", action="store_true", help="give up what the database holds now"
        )
        parser.add_argument(
            "--check", action="store_true", help="read the whole file, change nothing"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            if options["check"]:
                self.stdout.write(f"The backup is whole: {check(file)}.")
                return
            result = restore(file, replace=options["replace"])
        except RestoreProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Restored: {result.manifest}.")
        if result.set_aside:
            self.stdout.write(f"Uploads it does not know lie in {result.set_aside}.")
        self.stdout.write("Now run `manage.py migrate`, then start the portal.")
