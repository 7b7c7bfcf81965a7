"""pg_dump, pg_restore and psql: found, and pointed at the portal's database."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from desabinaan.lib.files import postgres_programs
from desabinaan.lib.files.postgres_programs import ServerProblem

NEEDED = ("pg_dump", "pg_restore", "psql")
DEBIAN = Path("/usr/lib/postgresql")
#: options that Django adds to the address and the programs do not know
DJANGOS_OWN = {"context", "cursor_factory", "prepare_threshold"}


@dataclass(frozen=True)
class Database:
    """Address of the portal's database; the password is passed in the environment."""

    address: str
    password: str

    @property
    def environment(self) -> dict[str, str]:
        quiet = {"PGCONNECT_TIMEOUT": "5", "LC_ALL": "C.UTF-8"}
        secret = {"PGPASSWORD": self.password} if self.password else {}
        return os.environ | quiet | secret

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection of its own, not Django's."""
        return psycopg.connect(self.address, password=self.password or None)


def database() -> Database:
    """Return the database of the settings."""
    known = connection.get_connection_params()
    options = {name: value for name, value in known.items() if name not in DJANGOS_OWN}
    password = str(options.pop("password", "") or "")
    return Database(make_conninfo("", **options), password)


@dataclass(frozen=True)
class Clients:
    folder: Path
    major: int

    def command(self, name: str, *words: str) -> list[str]:
        return [str(self.folder / name), *words]


def clients_for(server_major: int) -> Clients:
    """Return the programs of the server's version, or of the next newer one."""
    found = [Clients(folder, _major(folder)) for folder in _folders()]
    fit = [one for one in found if one.major >= server_major]
    if fit:
        return min(fit, key=lambda one: one.major)
    if not found:
        raise ServerProblem(
            "pg_dump, pg_restore and psql were not found; install Debian's "
            f"postgresql-client-{server_major}, or name their folder in PG_BIN."
        )
    newest = max(one.major for one in found)
    raise ServerProblem(
        f"pg_dump is of version {newest}, the server of version {server_major}; "
        f"install postgresql-client-{server_major}, or name its folder in PG_BIN."
    )


def _folders() -> Iterator[Path]:
    """Yield folders that hold all the programs: named, packaged, on PATH, Debian's."""
    places = [os.environ.get("PG_BIN", "")]
    with contextlib.suppress(ServerProblem):
        places.append(str(postgres_programs.binaries()))
    if on_path := shutil.which("pg_dump"):
        places.append(str(Path(on_path).parent))
    places += map(str, DEBIAN.glob("*/bin"))
    for folder in map(Path, dict.fromkeys(filter(None, places))):
        if all((folder / name).exists() for name in NEEDED):
            yield folder


def _major(folder: Path) -> int:
    answer = subprocess.run(
        [folder / "pg_dump", "--version"], capture_output=True, text=True, check=False
    )
    numbers = re.findall(r"\d+", answer.stdout)
    return int(numbers[0]) if numbers else 0
