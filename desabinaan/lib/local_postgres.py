"""A PostgreSQL of our own for the demonstration and the tests.

Development tooling: nothing that serves real data imports this module. It needs
the standard library only, and finds the packaged binaries without importing them.

    python -m desabinaan.lib.local_postgres start|stop|status [run|test]
"""

import contextlib
import fcntl
import os
import re
import shutil
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desabinaan.lib import postgres_programs
from desabinaan.lib.postgres_programs import Runner, ServerProblem
from desabinaan.lib.server_version import refusal_of

__all__ = ["Cluster", "ServerProblem", "cluster_named", "start", "stop", "url"]

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432") - 1
STARTING_UP = b"C57P03\0"
PATIENCE = 60  # seconds
ROOM_NEEDED = 200  # MB

SMALL = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # as docs/operations.md sets it in production: a disk without moving parts
    "random_page_cost": "1.1",
}
FORGETFUL = SMALL | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Cluster:
    """One data folder, its settings, and who runs its server."""

    folder: Path
    binaries: Path
    runner: Runner
    settings: Mapping[str, str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"


def cluster_named(name: str, var: Path | None = None) -> Cluster:
    """The lasting cluster `run`, or the forgetful cluster `test`, below var/."""
    folder = (var or REPOSITORY / "var").resolve() / "postgres" / name
    runner = postgres_programs.runner()
    found = postgres_programs.binaries()
    if runner.user:
        folder = postgres_programs.reachable(folder)
        runner.own(folder)
        found = postgres_programs.reachable_binaries(found, folder, runner)
    return Cluster(folder, found, runner, FORGETFUL if name == "test" else SMALL)


# --- Start, stop -------------------------------------------------------------


def start(cluster: Cluster) -> Path:
    """The server of the cluster answers in the returned socket folder."""
    with _alone(cluster):
        if _liveness(cluster) == "ready":
            return _recorded_socket_folder(cluster)
        _refuse_foreign_data(cluster)
        if not cluster.data.exists():
            _create(cluster)
        if _server_pid(cluster) and not _wait_until_ready(cluster):
            _pg_ctl(cluster, "stop", "-m", "fast")
        if _liveness(cluster) != "ready":
            _launch(cluster)
        return _recorded_socket_folder(cluster)


def stop(cluster: Cluster) -> None:
    """No server of the cluster runs; its data stays."""
    if not cluster.folder.exists():
        return
    with _alone(cluster):
        if _server_pid(cluster):
            _pg_ctl(cluster, "stop", "-m", "fast")
        shutil.rmtree(_recorded_socket_folder(cluster), ignore_errors=True)


def url(socket_folder: Path, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={socket_folder}"


def _create(cluster: Cluster) -> None:
    fresh = cluster.folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    made = cluster.runner.run(
        cluster.binaries / "initdb",
        *(f"--pgdata={fresh}", "--username=postgres", "--auth=trust"),
        *("--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
        *(["--no-sync"] if cluster.settings.get("fsync") == "off" else []),
    )
    if made.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        cluster.log.write_text(made.stdout + made.stderr)
        raise ServerProblem(_told(cluster, made.stderr))
    fresh.rename(cluster.data)


def _launch(cluster: Cluster) -> None:
    """The server runs, also when its predecessor was killed a moment ago."""
    deadline = time.monotonic() + PATIENCE
    while True:
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        written = cluster.log.stat().st_size if cluster.log.exists() else 0
        settings = {
            **cluster.settings,
            "unix_socket_directories": str(_socket_folder(cluster)),
            "unix_socket_permissions": "0700",
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        started = _pg_ctl(cluster, "start", "-l", str(cluster.log), "-o", options)
        if not started.returncode and _wait_until_ready(cluster):
            return
        words = cluster.log.read_text()[written:] if cluster.log.exists() else ""
        if "shared memory" not in words or time.monotonic() > deadline:
            raise ServerProblem(_told(cluster, words or started.stderr))
        time.sleep(0.2)


def _pg_ctl(cluster: Cluster, *words: str) -> subprocess.CompletedProcess[str]:
    return cluster.runner.run(
        cluster.binaries / "pg_ctl",
        *words,
        f"--pgdata={cluster.data}",
        "--wait",
        f"--timeout={PATIENCE}",
    )


@contextlib.contextmanager
def _alone(cluster: Cluster) -> Iterator[None]:
    cluster.folder.parent.mkdir(parents=True, exist_ok=True)
    cluster.runner.own(cluster.folder)
    with (cluster.folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


# --- Refusals ----------------------------------------------------------------


def _refuse_foreign_data(cluster: Cluster) -> None:
    ours = postgres_programs.major(cluster.binaries)
    if refusal := refusal_of(ours):
        raise ServerProblem(refusal)
    free = shutil.disk_usage(cluster.folder).free // 1_000_000
    if free < ROOM_NEEDED:
        raise ServerProblem(
            f"Only {free} MB are free for {cluster.folder}; make room for at least "
            f"{ROOM_NEEDED} MB and start again."
        )
    if cluster.data.exists():
        _refuse_other_version(cluster.data, ours)


def _refuse_other_version(data: Path, ours: int) -> None:
    written = data / "PG_VERSION"
    theirs = written.read_text().strip() if written.exists() else "an unknown version"
    if theirs != str(ours):
        raise ServerProblem(
            f"{data} was written by PostgreSQL {theirs}, but this is PostgreSQL "
            f"{ours}; nothing was changed: move the folder away to begin anew, or set "
            "PG_BIN to the binaries of its own version."
        )


def _told(cluster: Cluster, words: str) -> str:
    """One sentence out of what the server's programs said."""
    if "No space left on device" in words:
        return f"The disk of {cluster.folder} is full; make room and start again."
    lines = re.findall(r"(?:FATAL|PANIC|error):\s*(.+)", words)
    reason = lines[0].rstrip(".") if lines else "it gave no reason"
    return f"PostgreSQL did not start ({reason}); see {cluster.log}."


# --- Is it alive? ------------------------------------------------------------


def _server_pid(cluster: Cluster) -> int | None:
    """The pid of a server at work on this folder; zombies and strangers are none."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, IndexError, ValueError, ProcessLookupError):
        return None
    except PermissionError:
        return pid
    process = Path(f"/proc/{pid}")
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        if process.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return None
        if bytes(cluster.data) not in process.joinpath("cmdline").read_bytes():
            return None
    return pid


def _wait_until_ready(cluster: Cluster) -> bool:
    deadline = time.monotonic() + PATIENCE
    while _liveness(cluster) == "starting" and time.monotonic() < deadline:
        time.sleep(0.05)
    return _liveness(cluster) == "ready"


def _liveness(cluster: Cluster) -> str:
    """`ready`, `starting` or `silent`: asked by a connection, never by the pid."""
    words = b"user\0postgres\0database\0postgres\0\0"
    hello = struct.pack("!II", len(words) + 8, 3 << 16) + words
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(f"{_recorded_socket_folder(cluster)}/.s.PGSQL.5432")
            line.sendall(hello)
            answer = line.recv(1024)
    except OSError:
        return "silent"
    if not answer:
        return "silent"
    return "starting" if STARTING_UP in answer else "ready"


def _recorded_socket_folder(cluster: Cluster) -> Path:
    """The folder of the last start; one that is not ours counts as none."""
    none = cluster.folder / "no-socket"
    try:
        folder = Path((cluster.folder / "socket-folder").read_text())
        found = folder.lstat()
    except OSError:
        return none
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return folder if private and found.st_uid == cluster.runner.uid else none


def _socket_folder(cluster: Cluster) -> Path:
    """The folder of the last start, where its clients still ask; else a new one.

    Private, and its path short enough for a socket; a new one is written down.
    """
    recorded = _recorded_socket_folder(cluster)
    if recorded.exists():
        for left_behind in recorded.glob(".s.PGSQL.*"):
            left_behind.unlink()
        return recorded
    below = tempfile.gettempdir()
    if len(below) > LONGEST_SOCKET_FOLDER - len("/portal-12345678"):
        below = "/tmp"  # noqa: S108 - the folder made in it is private
    folder = Path(tempfile.mkdtemp(prefix="portal-", dir=below))
    cluster.runner.own(folder)
    (cluster.folder / "socket-folder").write_text(str(folder))
    return folder


# --- Command line ------------------------------------------------------------


def main(words: list[str]) -> int:
    verb, *names = words or ["status"]
    try:
        for cluster in map(cluster_named, names or ["run", "test"]):
            _obey(verb, cluster)
    except (ServerProblem, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def _obey(verb: str, cluster: Cluster) -> None:
    if verb == "start":
        start(cluster)
    elif verb == "stop":
        stop(cluster)
    sys.stdout.write(f"{cluster.folder}: {_liveness(cluster)}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
