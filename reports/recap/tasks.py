from procrastinate.contrib.django import app

from reports.recap import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="recap.refresh_coverage", queueing_lock="recap.refresh_coverage")
def refresh_coverage(timestamp: int) -> None:
    """The map's figures are at most five minutes old."""
    actions.refresh_coverage()
