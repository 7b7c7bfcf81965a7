"""Two served portals of different size, each with two workers."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from desabinaan.devtools.environment import demonstration_environment
from desabinaan.devtools.paths import REPOSITORY

ROOT = REPOSITORY
FILL = "from tests.bench.data import fill_and_sign_in; fill_and_sign_in({size!r})"
PATIENCE = 30  # seconds


@dataclass
class Portal:
    """A running portal: its address, its database, and who is signed in there."""

    port: int
    database: str
    process: subprocess.Popen[bytes]
    people: dict[str, str]
    slots: list[tuple[str, str, str]]

    def memory(self) -> int:
        """Bytes held by the workers (resident set), the master apart."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        pages = (
            int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            for pid in listed.read_text().split()
        )
        return sum(pages) * os.sysconf("SC_PAGE_SIZE")


@contextlib.contextmanager
def portals() -> Iterator[tuple[Portal, Portal]]:
    """The small and the large one; both are gone afterwards."""
    environment = demonstration_environment()
    environment["VAR_DIR"] = str(ROOT / "var" / "bench")
    _manage(environment, "collectstatic", "--noinput")
    small = _open(environment, "small")
    large = _open(environment, "large")
    try:
        yield small, large
    finally:
        for portal in (small, large):
            portal.process.send_signal(signal.SIGTERM)
            portal.process.wait(PATIENCE)


def _open(environment: dict[str, str], size: str) -> Portal:
    address = _fresh_database(environment["DATABASE_URL"], f"portal_bench_{size}")
    ours = environment | {"DATABASE_URL": address}
    _manage(ours, "migrate", "--noinput")
    data = json.loads(_manage(ours, "shell", "-v0", "-c", FILL.format(size=size)))
    port = _free_port()
    process = subprocess.Popen(
        [
            *(str(Path(sys.executable).parent / "gunicorn"), "desabinaan.wsgi"),
            *(f"--bind=127.0.0.1:{port}", "--workers=2", "--no-control-socket"),
            "--log-level=error",
        ],
        cwd=ROOT,
        env=ours,
    )
    _wait_for(port)
    return Portal(port, address, process, data["people"], data["slots"])


def _fresh_database(url: str, name: str) -> str:
    """The address of an empty database `name` on the same server."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5)
            return
        time.sleep(0.2)
    sys.exit("The portal did not start.")
