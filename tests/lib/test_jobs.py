"""The queue: transactional, revived after a kill, tidied."""

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from desabinaan.lib.workflow import jobs

TASK = "jobs.remove_finished"


def interrupted(attempts: int = 0) -> int:
    """A job whose worker is gone."""
    job = jobs.defer(TASK, timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s "
            "WHERE id = %s",
            [attempts, job],
        )
    return job


def revive() -> int:
    return async_to_sync(jobs.revive_stalled)()


def state(job: int) -> tuple[str, int]:
    found = ProcrastinateJob.objects.get(pk=job)
    return found.status, found.attempts


@pytest.mark.django_db
def test_a_job_of_a_rolled_back_operation_does_not_exist() -> None:
    with transaction.atomic():
        jobs.defer(TASK, timestamp=0)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_job_of_a_committed_operation_waits_in_the_queue() -> None:
    assert state(jobs.defer(TASK, timestamp=0)) == ("todo", 0)


@pytest.mark.django_db
def test_an_unknown_task_is_refused_at_once() -> None:
    with pytest.raises(TaskNotFound):
        jobs.defer("notices.shout")


@pytest.mark.django_db
def test_a_job_of_a_killed_worker_waits_again() -> None:
    job = interrupted()
    assert [revive(), revive()] == [1, 0]
    assert state(job) == ("todo", 1)


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_fails() -> None:
    job = interrupted(attempts=jobs.MOST_TRIES - 1)
    revive()
    assert state(job)[0] == "failed"


@pytest.mark.django_db(transaction=True)
def test_a_periodic_job_makes_way_for_its_next_run() -> None:
    job = interrupted()
    following = jobs.defer(TASK, timestamp=1)
    revive()
    assert (state(job)[0], state(following)[0]) == ("failed", "todo")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "hours", "stays"),
    [
        ("succeeded", 71, True),
        ("succeeded", 73, False),
        ("failed", 73, True),
        ("failed", 721, False),
        ("todo", 10_000, True),
    ],
)
def test_what_is_done_goes_after_days_what_failed_after_weeks(
    status: str, hours: int, stays: bool
) -> None:
    job = jobs.defer(TASK, timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - %s * interval '1 hour'",
            [hours],
        )
    call_command("tidy_jobs")
    assert ProcrastinateJob.objects.filter(pk=job).exists() == stays
