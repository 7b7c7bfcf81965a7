"""A backup put back, or only checked."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desabinaan.lib.restores import RestoreProblem, checked, restore


class Command(BaseCommand):
    help = "Puts back what `backup` wrote, after checking the whole file."
    requires_system_checks = []  # the database may still be empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument(
            "--replace", action="store_true", help="give up what stands there now"
        )
        parser.add_argument(
            "--check", action="store_true", help="read the whole file, touch nothing"
        )

    def handle(
        self, *args: Any, file: Path, replace: bool, check: bool, **options: Any
    ) -> None:
        try:
            if check:
                self.stdout.write(f"The backup is whole: {checked(file)}.")
                return
            done = restore(file, replace=replace)
        except RestoreProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Restored: {done.manifest}.")
        if done.set_aside:
            self.stdout.write(f"Uploads it does not know lie in {done.set_aside}.")
        self.stdout.write("Now run `manage.py migrate`, then start the portal.")
