"""Which rows a deed holds until it is done, read from its own statements."""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

FIRST = re.compile(r'FROM "(\w+)"')
LOCK = re.compile(r'FOR (?:NO KEY )?UPDATE(?: OF "(\w+)")?')


def locked_by(deed: Callable[[], object]) -> list[str]:
    """The tables whose rows the deed locks, in its order."""
    with CaptureQueriesContext(connection) as told:
        deed()
    found = (_locked(query["sql"]) for query in told.captured_queries)
    return [table for table in found if table]


def _locked(sql: str) -> str:
    lock, first = LOCK.search(sql), FIRST.search(sql)
    return (lock[1] or first[1]) if lock and first else ""
