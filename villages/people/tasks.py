from procrastinate.contrib.django import app

from desabinaan.uploads.services import run_commit
from villages.people.kind import ACCOUNT_LISTS


@app.task(name=ACCOUNT_LISTS.task, retry=3)
def commit_account_list(upload: int) -> None:
    """Request the accounts of a list whose saving was interrupted."""
    run_commit(ACCOUNT_LISTS, upload)
