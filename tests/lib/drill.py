"""Places to restore into: an empty database and an empty var/ of their own."""

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

KEY = "K" * 43


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
            "BACKUP_KEY": KEY,
        }

    def start(self, *words: object) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *words: object) -> tuple[int, str]:
        process = self.start(*words)
        said, _nothing = process.communicate()
        return process.returncode, said

    def ask(self, question: str) -> object:
        with psycopg.connect(self.url, autocommit=True) as line:
            row = line.execute(question).fetchone()
        return row[0] if row else None

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
