"""Keeping the portal's programs alive, one portal per folder, and stopping them."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from types import FrameType
from typing import IO

from desabinaan.devtools import local_postgres
from desabinaan.devtools.cluster import cluster_named
from desabinaan.devtools.paths import REPOSITORY, VAR
from desabinaan.devtools.sources import SourceWatch
from desabinaan.lib.files.postgres_programs import ServerProblem

LOCK = VAR / "run.lock"
PIDS = VAR / "run.pids"
TIMEOUT = 30  # seconds, for a child to answer or to end
LONGEST_PAUSE = 30  # seconds
STEADY = 60  # seconds after which a child's earlier failures are forgotten
TURN = 0.2  # seconds
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TURNS_PER_DATABASE_CHECK = 10
TURNS_PER_SOURCE_CHECK = 4


@dataclass
class Child:
    """A program that is started again whenever it ends or its sources change."""

    name: str
    command: list[str]
    sources: SourceWatch | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    pause: float = 1
    restarting: bool = False

    def keep_alive(self, environment: dict[str, str], lock: IO[str]) -> None:
        if self.process and self.process.poll() is None:
            return
        if self.process and not self.restarting:
            running_for = time.monotonic() - self.started_at
            if running_for < self.pause:
                return
            sys.stderr.write(f"The {self.name} ended; starting it again.\n")
            steady = running_for > STEADY
            self.pause = 1 if steady else min(self.pause * 2, LONGEST_PAUSE)
        self.restarting = False
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[lock.fileno()],
        )

    def restart_if_sources_changed(self) -> None:
        """End the program after an edit, so that `keep_alive` starts it at once."""
        if self.sources and self.sources.changed():
            print_line(f"Sources changed; restarting the {self.name}.")
            self.restarting = True
            self.pause = 1
            if self.process:
                self.process.terminate()

    def end(self) -> None:
        """End the child and whatever it started, by force if it takes too long."""
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(TIMEOUT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


# --- Keeping alive -----------------------------------------------------------


def supervise(
    children: Sequence[Child],
    health_url: str,
    environment: dict[str, str],
    lock: IO[str],
    ready_message: str,
) -> None:
    """Keep all children alive until a signal asks to stop; then end them.

    The others start when the first one, the web server, answers: their output comes
    after `ready_message`.
    """
    signals: list[int] = []

    def stop_at_next_turn(number: int, _stack: FrameType | None) -> None:
        signals.append(number)

    for number in SIGNALS:
        signal.signal(number, stop_at_next_turn)
    deadline: float | None = time.monotonic() + TIMEOUT
    try:
        for turn in takewhile(lambda _turn: not signals, count()):
            started = children[:1] if deadline else children
            _keep_all_alive(turn, started, environment, lock)
            if deadline and _answers(health_url):
                print_line(ready_message)
                deadline = None
            if deadline and time.monotonic() > deadline:
                raise ServerProblem("The web server does not answer; see above.")
            time.sleep(TURN)
    finally:
        for child in children:
            child.end()
        PIDS.unlink(missing_ok=True)


def _keep_all_alive(
    turn: int, children: Sequence[Child], environment: dict[str, str], lock: IO[str]
) -> None:
    if turn % TURNS_PER_DATABASE_CHECK == 0:
        _keep_database_alive()
    if turn % TURNS_PER_SOURCE_CHECK == 0:
        for child in children:
            child.restart_if_sources_changed()
    for child in children:
        child.keep_alive(environment, lock)
    _write_pids(children)


def _keep_database_alive() -> None:
    """Start the local PostgreSQL again at its address if it was killed.

    One that DATABASE_URL names is not ours to start.
    """
    if "DATABASE_URL" in os.environ:
        return
    try:
        local_postgres.start(cluster_named("run"))
    except ServerProblem as problem:
        sys.stderr.write(f"{problem}\n")


def _write_pids(children: Sequence[Child]) -> None:
    pids = [os.getpid(), *(child.process.pid for child in children if child.process)]
    line = " ".join(map(str, pids))
    if not PIDS.exists() or PIDS.read_text() != line:
        PIDS.write_text(line)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - an address of ours
            return True
    except (OSError, urllib.error.URLError):
        return False


# --- One portal per folder ---------------------------------------------------


@contextlib.contextmanager
def single_instance() -> Iterator[IO[str]]:
    """The lock, held until this process and all its children have ended."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise ServerProblem(
                "The portal already runs from this folder; `make stop` ends it."
            ) from problem
        yield lock


def stop() -> None:
    """End the portal of this folder and its PostgreSQL."""
    deadline = time.monotonic() + 2 * TIMEOUT
    while is_running():
        force = time.monotonic() > deadline - TIMEOUT
        for pid in _running_pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if force else signal.SIGTERM)
        if time.monotonic() > deadline:
            raise ServerProblem(f"The portal does not end; see the pids in {PIDS}.")
        time.sleep(0.3)
    for name in ("run", "test"):
        local_postgres.stop(cluster_named(name))


def is_running() -> bool:
    try:
        with single_instance():
            return False
    except ServerProblem:
        return True


def _running_pids() -> list[int]:
    """The recorded processes and their groups, without pids that others use now.

    The development server does its work in a child of the recorded process.
    """
    recorded = set(map(int, PIDS.read_text().split())) if PIDS.exists() else set()
    listed = {int(entry.name) for entry in Path("/proc").glob("[0-9]*")}
    return [pid for pid in sorted(listed or recorded) if _is_ours(pid, recorded)]


def _is_ours(pid: int, recorded: set[int]) -> bool:
    try:
        if pid not in recorded and os.getpgid(pid) not in recorded:
            return False
        working_folder = Path(f"/proc/{pid}/cwd").resolve()
    except OSError:
        return False
    return working_folder == REPOSITORY or not Path("/proc").exists()
