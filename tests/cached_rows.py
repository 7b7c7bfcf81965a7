"""Builds a scene once, and copies its rows into the tests that follow."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")

FILLED_BY_MIGRATIONS = ("django_migrations", "django_content_type", "auth_permission")


@dataclass(frozen=True)
class Memory:
    """What a build answered, and the rows it wrote, by table."""

    answer: bytes
    rows: dict[str, bytes]


MEMORIES: dict[Callable[[], object], Memory] = {}


def cached_rows(build: Callable[[], T]) -> T:
    """What `build()` answers, its rows in the database; built only the first time."""
    if build in MEMORIES:
        _write(MEMORIES[build].rows)
        recalled: T = pickle.loads(MEMORIES[build].answer)  # noqa: S301 - our own
        return recalled
    tables = _tables()
    fresh = not any(map(_is_filled, tables))
    answer = build()
    if fresh:
        rows = {table: _read(table) for table in tables if _is_filled(table)}
        MEMORIES[build] = Memory(pickle.dumps(answer), rows)
    return answer


def _write(rows: dict[str, bytes]) -> None:
    """Rows go in as they are: their triggers and checks ran when they were built."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(content)
        cursor.execute("SET LOCAL session_replication_role = origin")


def _tables() -> list[str]:
    names = connection.introspection.table_names()
    return [name for name in names if not name.startswith(FILLED_BY_MIGRATIONS)]


def _is_filled(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
        (filled,) = cursor.fetchone()
    return bool(filled)


def _read(table: str) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" TO STDOUT') as copy,
    ):
        return b"".join(map(bytes, copy))
