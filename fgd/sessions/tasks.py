from procrastinate.contrib.django import app

from desabinaan.uploads.services import run_commit
from fgd.sessions.rundown_kind import RUNDOWN_LISTS


@app.task(name=RUNDOWN_LISTS.task, retry=3)
def commit_rundown(upload: int) -> None:
    """Add the lines of a pasted rundown, or record why not."""
    run_commit(RUNDOWN_LISTS, upload)
