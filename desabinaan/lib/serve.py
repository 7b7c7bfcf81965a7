"""`make run`: the demonstration is set up and served until Ctrl-C or `make stop`.

python -m desabinaan.lib.serve [stop]
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from types import FrameType
from typing import IO

from desabinaan.lib import catalogues, demo_environment, local_postgres
from desabinaan.lib.local_postgres import ServerProblem

REPOSITORY = local_postgres.REPOSITORY
VAR = demo_environment.VAR
LOG = VAR / "run.log"
LOCK = VAR / "run.lock"
PIDS = VAR / "run.pids"
PATIENCE = 30  # seconds, for a child to answer or to end
LONGEST_PAUSE = 30
TURNS_PER_LOOK = 10  # of the supervisor, at the database
STEADY = 60  # seconds after which a child's earlier falls are forgotten

SETUP = (
    ("Preparing the database", ["migrate", "--noinput", "--verbosity=0"]),
    ("Collecting the static files", ["collectstatic", "--noinput", "--verbosity=0"]),
    ("Filling in the demonstration", ["demo"]),
)


def commands(port: int) -> dict[str, list[str]]:
    """What runs side by side, each kept alive, by its name."""
    programs = Path(sys.executable).parent
    web = [
        *(str(programs / "gunicorn"), "desabinaan.wsgi"),
        *(f"--bind=127.0.0.1:{port}", "--workers=2", "--no-control-socket"),
        "--log-level=warning",
    ]
    worker = [sys.executable, "manage.py", "procrastinate", "worker"]
    return {"web server": web, "worker": worker}


# --- Setting up --------------------------------------------------------------


def free_port() -> int:
    """The port in PORT; nobody uses it at this moment."""
    words = os.environ.get("PORT") or "8000"
    if not (words.isdecimal() and 0 < int(words) < 65536):
        raise ServerProblem(f"PORT={words} is no port; choose one, say PORT=8001.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(words)))
        except OSError as problem:
            raise ServerProblem(
                f"Port {words} cannot be used ({problem.strerror}); choose another "
                "one, say `make run PORT=8001`."
            ) from problem
    return int(words)


def set_up(environment: dict[str, str]) -> str:
    """Database, static files and demonstration stand; what `demo` said."""
    catalogues.compile_catalogues()
    said = ""
    LOG.write_text("")
    for sentence, words in SETUP:
        print_line(f"{sentence} ...")
        said = _manage(words, environment)
    return said


def _manage(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    with LOG.open("a") as log:
        log.write(f"# manage.py {' '.join(words)}\n{done.stdout}{done.stderr}")
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ServerProblem(
            f"`manage.py {words[0]}` failed ({reason}); the whole story is in {LOG}."
        )
    return done.stdout


def print_line(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


# --- Keeping alive -----------------------------------------------------------


@dataclass
class Child:
    """One program that is started again whenever it ends."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0
    pause: float = 1

    def keep_alive(self, environment: dict[str, str], lock: IO[str]) -> None:
        if self.process and self.process.poll() is None:
            return
        if self.process and time.monotonic() < self.began + self.pause:
            return
        if self.process:
            sys.stderr.write(f"The {self.name} ended; starting it again.\n")
            calm = time.monotonic() - self.began > STEADY
            self.pause = 1 if calm else min(self.pause * 2, LONGEST_PAUSE)
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[lock.fileno()],
        )

    def end(self) -> None:
        """The child and whatever it started are gone, politely if they can."""
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def supervise(
    port: int, environment: dict[str, str], lock: IO[str], greeting: str
) -> None:
    """All children run until somebody asks to end; then none does."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    family = [Child(name, command) for name, command in commands(port).items()]
    deadline: float | None = time.monotonic() + PATIENCE
    try:
        for turn in takewhile(lambda _turn: not asked, count()):
            _keep_all_alive(turn, family, environment, lock)
            if deadline and _answers(port):
                print_line(greeting)
                deadline = None
            if deadline and time.monotonic() > deadline:
                raise ServerProblem("The web server does not answer; see above.")
            time.sleep(0.2)
    finally:
        for child in family:
            child.end()
        PIDS.unlink(missing_ok=True)


def _keep_all_alive(
    turn: int, family: list[Child], environment: dict[str, str], lock: IO[str]
) -> None:
    if turn % TURNS_PER_LOOK == 0:
        _keep_database_alive()
    for child in family:
        child.keep_alive(environment, lock)
    _write_pids(family)


def _keep_database_alive() -> None:
    """The local PostgreSQL answers where it did before, also after it was killed.

    One that DATABASE_URL names is somebody else's to look after.
    """
    if "DATABASE_URL" in os.environ:
        return
    try:
        local_postgres.start(local_postgres.cluster_named("run"))
    except ServerProblem as problem:
        sys.stderr.write(f"{problem}\n")


def _write_pids(family: list[Child]) -> None:
    pids = [os.getpid(), *(child.process.pid for child in family if child.process)]
    words = " ".join(map(str, pids))
    if not PIDS.exists() or PIDS.read_text() != words:
        PIDS.write_text(words)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False


# --- Command line ------------------------------------------------------------


@contextlib.contextmanager
def alone() -> Iterator[IO[str]]:
    """The lock that this process and its children hold as long as one of them lives."""
    VAR.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise ServerProblem(
                "The portal already runs from this folder; `make stop` ends it."
            ) from problem
        yield lock


def run() -> None:
    with alone() as lock:
        port = free_port()
        print_line("Starting PostgreSQL ...")
        environment = demo_environment.demonstration_environment()
        address = f"http://127.0.0.1:{port}"
        environment.setdefault("PORTAL_URL", address)
        accounts = set_up(environment)
        supervise(
            port,
            environment,
            lock,
            f"{accounts}\nThe portal answers at {address}/ (Ctrl-C or `make stop`).",
        )
        print_line("The web server has ended; `make stop` ends PostgreSQL too.")


def stop() -> None:
    """Neither the portal nor its PostgreSQL runs from this folder."""
    deadline = time.monotonic() + 2 * PATIENCE
    while _is_held():
        hard = time.monotonic() > deadline - PATIENCE
        for pid in _pids_at_work():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if hard else signal.SIGTERM)
        if time.monotonic() > deadline:
            raise ServerProblem(f"The portal does not end; see the pids in {PIDS}.")
        time.sleep(0.3)
    for name in ("run", "test"):
        local_postgres.stop(local_postgres.cluster_named(name))


def _is_held() -> bool:
    try:
        with alone():
            return False
    except ServerProblem:
        return True


def _pids_at_work() -> list[int]:
    """The recorded processes; a pid that now belongs to a stranger is left out."""
    pids = [int(pid) for pid in PIDS.read_text().split()] if PIDS.exists() else []
    return [pid for pid in pids if _works_here(pid)]


def _works_here(pid: int) -> bool:
    place = Path(f"/proc/{pid}/cwd")
    try:
        return place.resolve() == REPOSITORY or not Path("/proc").exists()
    except OSError:
        return False


def main(words: list[str]) -> None:
    try:
        stop() if words == ["stop"] else run()
    except (ServerProblem, OSError) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Ended before it was ready.")


if __name__ == "__main__":
    main(sys.argv[1:])
