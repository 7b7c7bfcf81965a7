"""The worker is killed in the middle of a job; the database goes and comes back."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from desabinaan.devtools import local_postgres
from desabinaan.devtools.cluster import Cluster, cluster_named
from desabinaan.devtools.paths import REPOSITORY
from desabinaan.devtools.supervisor import Child
from desabinaan.lib.workflow import jobs
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from desabinaan.uploads import services as uploads_services
from reports.monthly.models import ReportSlot
from tests.dataset import Dataset
from tests.faults.mail_server import fake_mail_server
from tests.faults.workers import (
    COMMAND,
    alone,
    kill,
    somebody_waits_for_a_lock,
    status,
    until,
    worker,
)
from tests.imports import lists
from tests.monthly.test_slots import decree
from tests.notices.sent_notices import notify, reached
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village

NOW = '{"timestamp": 0}'
pytestmark = pytest.mark.faults


@pytest.fixture
def kept(transactional_db: None, dataset: Dataset) -> Dataset:
    """The dataset, committed, so that other processes can work on it."""
    return dataset


def revive() -> None:
    """As the worker does each minute, without waiting for half a minute of silence."""
    assert async_to_sync(jobs.revive_stalled)(silence=0)


@pytest.mark.parametrize(
    ("obstacle", "done"),
    [
        # The slot is created; the job waits before it notifies anybody.
        ("LOCK TABLE notices_notice IN SHARE MODE", 0),
        # All is done; the job waits in its COMMIT, which then succeeds unheard.
        ("SELECT FROM accounts_user FOR UPDATE", 1),
    ],
)
def test_a_kill_in_the_middle_of_a_job_leaves_its_effect_exactly_once(
    kept: Dataset, obstacle: str, done: int
) -> None:
    decree(kept, "lontar", date(2025, 1, 10))
    job = jobs.defer("monthly.make_slots", timestamp=0)
    made = ReportSlot.objects.filter(village=kept.villages["lontar"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(obstacle)
        with worker() as first:
            until(somebody_waits_for_a_lock)
            kill(first)
    until(alone)
    assert (status(job), made.count()) == ("doing", done)
    revive()
    with worker():
        until(lambda: status(job) == "succeeded")
    opened = Notice.objects.filter(kind=Kind.MONTH_OPENED)
    assert made.count() == 1
    assert [notice.recipient for notice in opened] == [kept.people["official"]]


def test_a_list_is_committed_once_though_its_worker_was_killed(
    transactional_db: None,
) -> None:
    dataset = lists.banten()
    found = lists.many(dataset, 501)
    assert uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    job = ProcrastinateJob.objects.get(task_name=VILLAGE_LISTS.task).pk
    before = Village.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE register_villageevent IN SHARE MODE")
        with worker() as first:
            until(somebody_waits_for_a_lock)
            kill(first)
    until(alone)
    found.refresh_from_db()
    assert (found.status, Village.objects.count()) == ("committing", before)
    revive()
    with worker():
        until(lambda: status(job) == "succeeded")
    found.refresh_from_db()
    assert (found.status, Village.objects.count()) == ("committed", before + 501)


def test_a_letter_cut_off_by_a_kill_goes_out_again_under_its_number(
    kept: Dataset,
) -> None:
    notice = notify(reached(kept.people["official"]))
    with fake_mail_server() as server:
        server.silent = True
        jobs.defer("notices.post", timestamp=0)
        with worker(EMAIL_URL=server.url) as first:
            until(lambda: server.emails)
            kill(first)
        server.silent = False
        assert not mailed(notice)
        revive()
        with worker(EMAIL_URL=server.url):
            until(lambda: mailed(notice))
        assert len(server.emails) == 2
        assert len({email["Message-ID"] for email in server.emails}) == 1
    assert Notice.objects.count() == 1


def mailed(notice: Notice) -> bool:
    return Notice.objects.exclude(mailed_at=None).filter(pk=notice.pk).exists()


# --- The database goes away --------------------------------------------------


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = cluster_named("test", tmp_path)
    yield made
    local_postgres.stop(made)


def manage(address: str, *words: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": address},
        check=True,
        capture_output=True,
    )


def done(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs "
            "WHERE task_name = 'followup.remind' AND status = 'succeeded'"
        ).fetchone()
    return int(row[0]) if row else 0


def is_gone(pid: int) -> bool:
    """A server that is asked to end still answers for a moment."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_after_a_restart_of_the_database_the_worker_works_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    address = local_postgres.url(local_postgres.start(cluster), "postgres")
    with psycopg.connect(address) as connection:  # a cluster for tests may forget
        connection.execute("ALTER DATABASE postgres SET synchronous_commit = on")
    manage(address, "migrate", "--verbosity=0")
    child = Child("worker", COMMAND)
    environment = os.environ | {"DATABASE_URL": address}

    def works(jobs_done: int) -> bool:
        child.keep_alive(environment, lock)
        return done(address) == jobs_done

    with (tmp_path / "lock").open("w") as lock:
        for turn in (1, 2, 3):
            manage(address, "procrastinate", "defer", "followup.remind", NOW)
            until(lambda turn=turn: works(turn))
            pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGKILL if turn == 1 else signal.SIGINT)
            until(lambda pid=pid: is_gone(pid))
            back = local_postgres.url(local_postgres.start(cluster), "postgres")
            assert back == address
        child.end()
