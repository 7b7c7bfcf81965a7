from procrastinate.contrib.django import app

from desabinaan.uploads.services import run_commit
from villages.imports.kind import VILLAGE_LISTS


@app.task(name=VILLAGE_LISTS.task, retry=3)
def commit_import_rows(upload: int) -> None:
    """Save the rows of a list in the register, or record why not."""
    run_commit(VILLAGE_LISTS, upload)
