from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from desabinaan.accounts import services
from desabinaan.accounts.services.kept_files import (
    delete_old_kept_files as delete_kept_files_of_yesterday,
)


@app.periodic(cron="15 * * * *")
@app.task(name="accounts.delete_old_kept_files")
def delete_old_kept_files(timestamp: int) -> None:
    """Delete the files of forms that nobody sent again within a day."""
    delete_kept_files_of_yesterday()


@app.periodic(cron="*/10 * * * *")
@app.task(name="accounts.clearsessions")
def clearsessions(timestamp: int) -> None:
    """Delete the sessions that are over, and what was typed in them."""
    SessionStore.clear_expired()


@app.periodic(cron="25 2 * * *")
@app.task(name="accounts.delete_old_receipts")
def delete_old_receipts(timestamp: int) -> None:
    """Delete the receipts of forms that were sent weeks ago."""
    services.delete_old_receipts()
