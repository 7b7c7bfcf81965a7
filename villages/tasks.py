"""What the worker does for the register; every task only calls an action."""

from procrastinate.contrib.django import app

from villages import actions
from villages.actions import importing


@app.task(name="villages.score_villages", retry=5)
def score_villages(run: int) -> None:
    """All villages of a scoring run are scored, from where it stands."""
    actions.carry_on_scoring(run)


@app.task(name="villages.apply_figures", retry=5)
def apply_figures(kept: int) -> None:
    """The figures of a spreadsheet that somebody took over stand."""
    actions.apply_figures(kept)


@app.task(name=importing.TASK, retry=3)
def take_over_import(listed: int) -> None:
    """The rows of a list go into the register, or the list says why not."""
    importing.take_over(listed)


@app.periodic(cron="20 2 * * *")
@app.task(name="villages.forget_imports")
def forget_imports(timestamp: int) -> None:
    """Uploaded lists are kept no longer than they are of use."""
    importing.forget_old_imports()
