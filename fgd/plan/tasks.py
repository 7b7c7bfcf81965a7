from procrastinate.contrib.django import app

from desabinaan.uploads.services import run_commit
from fgd.plan.kind import FOCAL_POINT_LISTS


@app.task(name=FOCAL_POINT_LISTS.task, retry=3)
def commit_focal_point_list(upload: int) -> None:
    """Appoint the people of a list whose saving was interrupted."""
    run_commit(FOCAL_POINT_LISTS, upload)
