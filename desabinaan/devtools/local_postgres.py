"""A local PostgreSQL for the demonstration and the tests.

It needs the standard library only.

    python -m desabinaan.devtools.local_postgres start|stop|status [run|test]
"""

import contextlib
import fcntl
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from desabinaan.devtools.cluster import (
    START_TIMEOUT,
    Cluster,
    cluster_named,
    recorded_socket_folder,
    server_pid,
    server_state,
    socket_folder,
    wait_until_ready,
)
from desabinaan.lib.checks import refusal_of
from desabinaan.lib.files import postgres_programs
from desabinaan.lib.files.postgres_programs import ServerProblem

FREE_SPACE_NEEDED = 200  # MB


def start(cluster: Cluster) -> Path:
    """Start the server unless it runs; return the folder of its socket."""
    with _locked(cluster):
        if server_state(cluster) == "ready":
            return recorded_socket_folder(cluster)
        _refuse_unusable_data(cluster)
        if not cluster.data.exists():
            _create(cluster)
        if server_pid(cluster) and not wait_until_ready(cluster):
            _pg_ctl(cluster, "stop", "-m", "fast")
        if server_state(cluster) != "ready":
            _launch(cluster)
        return recorded_socket_folder(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the server of the cluster; its data stays."""
    if not cluster.folder.exists():
        return
    with _locked(cluster):
        if server_pid(cluster):
            _pg_ctl(cluster, "stop", "-m", "fast")
        shutil.rmtree(recorded_socket_folder(cluster), ignore_errors=True)


def url(socket_folder: Path, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={socket_folder}"


def _create(cluster: Cluster) -> None:
    unfinished = cluster.folder / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    created = cluster.user.run(
        cluster.binaries / "initdb",
        *(f"--pgdata={unfinished}", "--username=postgres", "--auth=trust"),
        *("--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
        *(["--no-sync"] if cluster.settings.get("fsync") == "off" else []),
    )
    if created.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        cluster.log.write_text(created.stdout + created.stderr)
        raise ServerProblem(_reason(cluster, created.stderr))
    unfinished.rename(cluster.data)


def _launch(cluster: Cluster) -> None:
    """Start the server, also when its predecessor was killed a moment ago."""
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        log_size = cluster.log.stat().st_size if cluster.log.exists() else 0
        settings = {
            **cluster.settings,
            "unix_socket_directories": str(socket_folder(cluster)),
            "unix_socket_permissions": "0700",
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        started = _pg_ctl(cluster, "start", "-l", str(cluster.log), "-o", options)
        if not started.returncode and wait_until_ready(cluster):
            return
        logged = cluster.log.read_text()[log_size:] if cluster.log.exists() else ""
        if "shared memory" not in logged or time.monotonic() > deadline:
            raise ServerProblem(_reason(cluster, logged or started.stderr))
        time.sleep(0.2)


def _pg_ctl(cluster: Cluster, *arguments: str) -> subprocess.CompletedProcess[str]:
    return cluster.user.run(
        cluster.binaries / "pg_ctl",
        *arguments,
        f"--pgdata={cluster.data}",
        "--wait",
        f"--timeout={START_TIMEOUT}",
    )


@contextlib.contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    """No other process starts or stops this cluster meanwhile."""
    cluster.folder.parent.mkdir(parents=True, exist_ok=True)
    cluster.user.own(cluster.folder)
    with (cluster.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- Refusals ----------------------------------------------------------------


def _refuse_unusable_data(cluster: Cluster) -> None:
    major = postgres_programs.major(cluster.binaries)
    if refusal := refusal_of(major):
        raise ServerProblem(refusal)
    free = shutil.disk_usage(cluster.folder).free // 1_000_000
    if free < FREE_SPACE_NEEDED:
        raise ServerProblem(
            f"Only {free} MB are free for {cluster.folder}; free at least "
            f"{FREE_SPACE_NEEDED} MB and start again."
        )
    if cluster.data.exists():
        _refuse_other_version(cluster.data, major)


def _refuse_other_version(data: Path, major: int) -> None:
    recorded = data / "PG_VERSION"
    found = recorded.read_text().strip() if recorded.exists() else "an unknown version"
    if found != str(major):
        raise ServerProblem(
            f"{data} was written by PostgreSQL {found}, but this is PostgreSQL "
            f"{major}; nothing was changed: move the folder away to start with an "
            "empty database, or set PG_BIN to the binaries of its own version."
        )


def _reason(cluster: Cluster, output: str) -> str:
    """One sentence from what the server's programs wrote."""
    if "No space left on device" in output:
        return f"The disk of {cluster.folder} is full; free space and start again."
    lines = re.findall(r"(?:FATAL|PANIC|error):\s*(.+)", output)
    reason = lines[0].rstrip(".") if lines else "it gave no reason"
    return f"PostgreSQL did not start ({reason}); see {cluster.log}."


# --- Command line ------------------------------------------------------------


def main(arguments: list[str]) -> int:
    command, *names = arguments or ["status"]
    try:
        for cluster in map(cluster_named, names or ["run", "test"]):
            if command == "start":
                start(cluster)
            elif command == "stop":
                stop(cluster)
            sys.stdout.write(f"{cluster.folder}: {server_state(cluster)}\n")
    except (ServerProblem, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
