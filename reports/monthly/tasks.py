from procrastinate.contrib.django import app

from reports.monthly import services


# The clock of the worker is UTC, the 1st begins at different hours in three zones,
# and a worker may have been stopped: run every hour, as it is safe to repeat.
@app.periodic(cron="5 * * * *")
@app.task(name="monthly.make_slots", queueing_lock="monthly.make_slots")
def make_slots(timestamp: int) -> None:
    services.make_slots()


@app.periodic(cron="15 0-10 * * *")  # in the daytime of all three zones
@app.task(name="monthly.remind", queueing_lock="monthly.remind")
def remind(timestamp: int) -> None:
    services.remind()
