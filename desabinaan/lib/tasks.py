"""Tasks that the worker runs on a schedule."""

from procrastinate.contrib.django import app

from desabinaan.lib.workflow import jobs


@app.periodic(cron="* * * * *")
@app.task(name="jobs.revive_stalled", queueing_lock="jobs.revive_stalled")
async def revive_stalled(timestamp: int) -> None:
    await jobs.revive_stalled()


@app.periodic(cron="35 * * * *")
@app.task(name="jobs.remove_finished", queueing_lock="jobs.remove_finished")
async def remove_finished(timestamp: int) -> None:
    await jobs.remove_finished()
