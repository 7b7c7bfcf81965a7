"""A local PostgreSQL cluster: its folder, its settings, and whether it answers."""

import contextlib
import os
import socket
import stat
import struct
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desabinaan.devtools.paths import VAR
from desabinaan.devtools.server_user import (
    ServerUser,
    reachable_binaries,
    reachable_folder,
    server_user,
)
from desabinaan.lib.files import postgres_programs
from desabinaan.lib.files.postgres_log import QUIET_LOG

LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432") - 1
STARTING_UP = b"C57P03\0"
START_TIMEOUT = 60  # seconds

SMALL = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # as docs/operations.md sets it in production: a disk without moving parts
    "random_page_cost": "1.1",
    **QUIET_LOG,
}
#: faster, and a crash may lose the last half second
NOT_DURABLE = SMALL | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Cluster:
    """One data folder, its settings, and who runs its server."""

    folder: Path
    binaries: Path
    user: ServerUser
    settings: Mapping[str, str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"


def cluster_named(name: str, var: Path = VAR) -> Cluster:
    """The durable cluster `run`, or the cluster `test` that may lose data."""
    folder = var.resolve() / "postgres" / name
    user = server_user()
    binaries = postgres_programs.binaries()
    if user.account:
        folder = reachable_folder(folder)
        user.own(folder)
        binaries = reachable_binaries(binaries, folder, user)
    return Cluster(folder, binaries, user, NOT_DURABLE if name == "test" else SMALL)


# --- Does it answer? ---------------------------------------------------------


def server_pid(cluster: Cluster) -> int | None:
    """The pid of a running server of this folder, not of a zombie or a stranger."""
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


def wait_until_ready(cluster: Cluster) -> bool:
    deadline = time.monotonic() + START_TIMEOUT
    while server_state(cluster) == "starting" and time.monotonic() < deadline:
        time.sleep(0.05)
    return server_state(cluster) == "ready"


def server_state(cluster: Cluster) -> str:
    """`ready`, `starting` or `stopped`: found by a connection, never by the pid."""
    parameters = b"user\0postgres\0database\0postgres\0\0"
    startup_message = struct.pack("!II", len(parameters) + 8, 3 << 16) + parameters
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(f"{recorded_socket_folder(cluster)}/.s.PGSQL.5432")
            connection.sendall(startup_message)
            reply = connection.recv(1024)
    except OSError:
        return "stopped"
    if not reply:
        return "stopped"
    return "starting" if STARTING_UP in reply else "ready"


# --- The folder of its socket ------------------------------------------------


def recorded_socket_folder(cluster: Cluster) -> Path:
    """The folder of the last start; a missing one unless it is private and ours."""
    missing = cluster.folder / "no-socket"
    try:
        folder = Path((cluster.folder / "socket-folder").read_text())
        found = folder.lstat()
    except OSError:
        return missing
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return folder if private and found.st_uid == cluster.user.uid else missing


def socket_folder(cluster: Cluster) -> Path:
    """The folder of the last start, which its clients still use, or a new one.

    It is private, and its path is short enough for a socket; a new one is recorded.
    """
    recorded = recorded_socket_folder(cluster)
    if recorded.exists():
        for left_behind in recorded.glob(".s.PGSQL.*"):
            left_behind.unlink()
        return recorded
    parent = tempfile.gettempdir()
    if len(parent) > LONGEST_SOCKET_FOLDER - len("/portal-12345678"):
        parent = "/tmp"  # noqa: S108 - the folder made in it is private
    folder = Path(tempfile.mkdtemp(prefix="portal-", dir=parent))
    cluster.user.own(folder)
    (cluster.folder / "socket-folder").write_text(str(folder))
    return folder
