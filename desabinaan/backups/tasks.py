from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from desabinaan.backups.writing import write_nightly

#: jobs that wait in the queue carry this name; another one would lose them
NIGHTLY_BACKUP = "lib.nightly_backup"


@app.periodic(cron="17 19 * * *")  # UTC: 02.17 in Jakarta
@app.task(name=NIGHTLY_BACKUP, queueing_lock=NIGHTLY_BACKUP)
def nightly_backup(timestamp: int) -> None:
    """Write a backup to BACKUP_DIR, if it is set; else cron has to do it."""
    if settings.BACKUP_DIR:
        write_nightly(Path(settings.BACKUP_DIR))
