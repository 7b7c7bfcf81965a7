from procrastinate.contrib.django import app

from reports.followup import services


@app.periodic(cron="20 0-10 * * *")  # UTC: in the daytime of all three zones
@app.task(name="followup.remind", queueing_lock="followup.remind")
def remind(timestamp: int) -> None:
    services.remind()
