from procrastinate.contrib.django import app

from desabinaan.uploads.services import run_commit
from fgd.participants.kind import DELEGATE_LISTS


@app.task(name=DELEGATE_LISTS.task, retry=3)
def commit_delegate_list(upload: int) -> None:
    """Add the people of a list to their session, or record why not."""
    run_commit(DELEGATE_LISTS, upload)
