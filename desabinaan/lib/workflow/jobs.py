"""Background work: a service defers a task by its name, the worker runs it.

A deferred job is a row of the same database, written in the caller's transaction: an
operation that is rolled back leaves no job behind. Tasks are in the `tasks.py` of
their app and only call services. A job may run twice when its worker is killed, so
what it calls is safe to repeat.
"""

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.types import JSONValue

logger = logging.getLogger(__name__)

MOST_TRIES = 10
#: Seconds without a sign of life after which a worker counts as dead.
SILENCE = 30
HOURS_DONE_ARE_KEPT = 3 * 24
HOURS_FAILED_ARE_KEPT = 30 * 24


def defer(task: str, *, lock: str | None = None, **arguments: JSONValue) -> int:
    """Put a job into the queue on commit and return its number.

    `task` is the registered name ("notices.post"); an unknown one raises
    `procrastinate.exceptions.TaskNotFound`. Jobs with the same `lock` run one after
    another.
    """
    return app.configure_task(task, lock=lock, allow_unknown=False).defer(**arguments)


async def revive_stalled(silence: float = SILENCE) -> int:
    """Jobs of workers that were killed wait again; answers how many were found.

    One that was tried too often is marked as failed: it may be what kills the workers.
    """
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence)
    for job in (found := list(stalled)):
        if job.attempts + 1 >= MOST_TRIES:
            logger.error("Job %s (%s) has failed", job.id, job.task_name)
            await _mark_failed(job)
        else:
            await _revive(job)
    return len(found)


async def remove_finished() -> None:
    """Jobs done days ago are gone, and jobs failed weeks ago."""
    await app.job_manager.delete_old_jobs(nb_hours=HOURS_DONE_ARE_KEPT)
    await app.job_manager.delete_old_jobs(
        nb_hours=HOURS_FAILED_ARE_KEPT,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )


async def _revive(job: Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        # A periodic job whose next run is already queued: that one does the work.
        await _mark_failed(job)


async def _mark_failed(job: Job) -> None:
    await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
