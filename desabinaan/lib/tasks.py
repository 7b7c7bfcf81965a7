"""What the worker does by the clock."""

from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from desabinaan.lib.backups import write_nightly


@app.periodic(cron="17 19 * * *")  # UTC: 02.17 in Jakarta
@app.task(name="lib.nightly_backup", queueing_lock="lib.nightly_backup")
def nightly_backup(timestamp: int) -> None:
    """A backup in BACKUP_DIR, where that is set; else a line of cron makes it."""
    if settings.BACKUP_DIR:
        write_nightly(Path(settings.BACKUP_DIR))
