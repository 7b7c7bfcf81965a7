"""Database and uploads in one encrypted file; by hand, or by cron every night."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desabinaan.backups.writing import KEPT, BackupProblem, write_backup, write_nightly


class Command(BaseCommand):
    help = "Writes database and uploads into one file, encrypted for BACKUP_RECIPIENTS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write")
        parser.add_argument(
            "--nightly",
            action="store_true",
            help=f"FILE is a folder: name the backup by the clock, keep {KEPT}",
        )

    def handle(self, *args: Any, file: Path, nightly: bool, **options: Any) -> None:
        try:
            manifest = write_nightly(file) if nightly else write_backup(file)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Written: {manifest}.")
