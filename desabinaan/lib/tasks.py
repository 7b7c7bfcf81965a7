"""Tasks that the worker runs on a schedule."""

from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from desabinaan.lib.files.backups import write_nightly
from desabinaan.lib.workflow import jobs


@app.periodic(cron="* * * * *")
@app.task(name="jobs.revive_stalled", queueing_lock="jobs.revive_stalled")
async def revive_stalled(timestamp: int) -> None:
    await jobs.revive_stalled()


@app.periodic(cron="35 * * * *")
@app.task(name="jobs.remove_finished", queueing_lock="jobs.remove_finished")
async def remove_finished(timestamp: int) -> None:
    await jobs.remove_finished()


@app.periodic(cron="17 19 * * *")  # UTC: 02.17 in Jakarta
@app.task(name="lib.nightly_backup", queueing_lock="lib.nightly_backup")
def nightly_backup(timestamp: int) -> None:
    """Write a backup to BACKUP_DIR, if it is set; else cron has to do it."""
    if settings.BACKUP_DIR:
        write_nightly(Path(settings.BACKUP_DIR))
