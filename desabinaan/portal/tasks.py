from procrastinate.contrib.django import app

from desabinaan.portal import services


@app.periodic(cron="*/5 * * * *")
@app.task(name="portal.refresh_coverage", queueing_lock="portal.refresh_coverage")
def refresh_coverage(timestamp: int) -> None:
    """Update the map's figures every five minutes."""
    services.refresh_coverage()
