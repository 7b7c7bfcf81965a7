"""Real workers on a test's database, killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from desabinaan.devtools.paths import REPOSITORY

PATIENCE = 40
COMMAND = [sys.executable, "manage.py", "procrastinate", "worker"]
QUICK = ["--fetch-job-polling-interval=0.2"]


def until(holds: Callable[[], object], patience: float = PATIENCE) -> None:
    """It holds now; waiting is what the fault tests are allowed to do."""
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)


def environment(**more: str) -> dict[str, str]:
    """The variables of a process that works on the database of this test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return os.environ | {"DATABASE_URL": address} | more


@contextmanager
def worker(**more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker is at work; afterwards it is gone, also when it would not go."""
    process = subprocess.Popen(
        [*COMMAND, *QUICK],
        cwd=REPOSITORY,
        env=environment(**more),
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def status(job: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job).status)


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (waiting,) = cursor.fetchone()
    return bool(waiting)


def alone() -> bool:
    """Nobody else is connected: what the killed left behind is committed or undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        (others,) = cursor.fetchone()
    return not others
