"""Portals to back up and to restore into, each with a database and var/ of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from pyrage.x25519 import Identity

IDENTITY = Identity.generate()
RECIPIENT = str(IDENTITY.to_public())


def use_backup_keys(settings, folder: Path) -> None:
    """Point the settings at the keys of these tests."""
    file = folder / "identity.txt"
    file.write_text(f"# public key: {RECIPIENT}\n{IDENTITY}\n")
    settings.BACKUP_RECIPIENTS = [RECIPIENT]
    settings.BACKUP_IDENTITY_FILE = str(file)


@dataclass(frozen=True)
class Site:
    """A portal of its own: which database, which var/."""

    url: str
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.url,
            "VAR_DIR": str(self.var),
            "BACKUP_RECIPIENTS": ",".join(settings.BACKUP_RECIPIENTS),
            "BACKUP_IDENTITY_FILE": settings.BACKUP_IDENTITY_FILE,
        }

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *arguments: object) -> tuple[int, str]:
        process = self.start(*arguments)
        output, _nothing = process.communicate()
        return process.returncode, output

    def ask(self, query: str) -> object:
        with psycopg.connect(self.url, autocommit=True) as line:
            row = line.execute(query).fetchone()
        return row[0] if row else None

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as line:
            line.execute(statement)

    def rows(self) -> dict[str, int]:
        with psycopg.connect(self.url) as line:
            names = line.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' "
                "AND relnamespace = 'public'::regnamespace"
            ).fetchall()
            return {name: _count(line, name) for (name,) in names}

    def uploads(self) -> dict[str, bytes]:
        root = self.var / "uploads"
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }


def _count(line: "psycopg.Connection[tuple[object, ...]]", table: str) -> int:
    row = line.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    assert row is not None
    return int(str(row[0]))


def this_site() -> Site:
    """The database of the tests, with the uploads it has now."""
    return Site(
        _url(connection.settings_dict["NAME"]), Path(settings.MEDIA_ROOT).parent
    )


@contextmanager
def empty_site(folder: Path) -> Iterator[Site]:
    name = f"{connection.settings_dict['NAME']}_drill"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with psycopg.connect(_url("postgres"), autocommit=True) as line:
        line.execute(drop)
        line.execute(f'CREATE DATABASE "{name}"')
        yield Site(_url(name), folder)
        line.execute(drop)


def _url(database: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
