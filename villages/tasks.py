"""What the worker does for the register; every task only calls an action."""

from procrastinate.contrib.django import app

from villages import actions


@app.task(name="villages.score_villages", retry=5)
def score_villages(run: int) -> None:
    """All villages of a scoring run are scored, from where it stands."""
    actions.carry_on_scoring(run)


@app.task(name="villages.apply_figures", retry=5)
def apply_figures(kept: int) -> None:
    """The figures of a spreadsheet that somebody took over stand."""
    actions.apply_figures(kept)
