"""A migrated database that each test run copies instead of migrating again."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from desabinaan.devtools import local_postgres
from desabinaan.devtools.paths import REPOSITORY

APPS = ("desabinaan", "villages", "fgd", "reports")
PREFIX = "portal_template_"
KEPT = 3


def migrated_template(socket_folder: Path) -> str | None:
    """The name of a database with all migrations; none when they do not run."""
    name = PREFIX + _fingerprint()
    with (REPOSITORY / "var/test/template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        address = local_postgres.url(socket_folder, "postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            known = _templates(connection)
            if name in known:
                return name
            unfinished = f"{PREFIX}unfinished"
            _drop(connection, [unfinished, *known[KEPT:]])
            _do(connection, "CREATE DATABASE {}", unfinished)
            if not _migrate(local_postgres.url(socket_folder, unfinished)):
                return None
            _do(connection, "ALTER DATABASE {} RENAME TO {}", unfinished, name)
    return name


def _fingerprint() -> str:
    """The same as long as no migration and no package changed."""
    files = [REPOSITORY / "requirements/run.txt"]
    for app in APPS:
        files += sorted((REPOSITORY / app).rglob("migrations/*.py"))
    whole = hashlib.sha256()
    for file in files:
        whole.update(bytes(file) + b"\0" + file.read_bytes())
    return whole.hexdigest()[:16]


def _templates(connection: psycopg.Connection) -> list[str]:
    """All templates, the newest first."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) "
        "ORDER BY oid DESC",
        [PREFIX],
    )
    return [name for (name,) in rows]


def _drop(connection: psycopg.Connection, names: list[str]) -> None:
    for name in names:
        _do(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _do(connection: psycopg.Connection, words: str, *names: str) -> None:
    connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def _migrate(address: str) -> bool:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        check=False,
    )
    return not done.returncode
