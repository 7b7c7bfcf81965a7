"""Which rows an operation locks, read from its own statements."""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

FIRST = re.compile(r'FROM "(\w+)"')
LOCK = re.compile(r'FOR (?:NO KEY )?UPDATE(?: OF "(\w+)")?')


def locked_by(operation: Callable[[], object]) -> list[str]:
    """Return the tables whose rows the operation locks, in its order."""
    with CaptureQueriesContext(connection) as captured:
        operation()
    found = (_locked(query["sql"]) for query in captured.captured_queries)
    return [table for table in found if table]


def _locked(sql: str) -> str:
    lock, first = LOCK.search(sql), FIRST.search(sql)
    return (lock[1] or first[1]) if lock and first else ""
