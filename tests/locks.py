"""Which rows a deed holds until it is done, read from its own statements."""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

LOCK = re.compile(r'FOR (?:NO KEY )?UPDATE OF "(\w+)"')


def locked_by(deed: Callable[[], object]) -> list[str]:
    """The tables whose rows the deed locks, in its order."""
    with CaptureQueriesContext(connection) as told:
        deed()
    found = (LOCK.search(query["sql"]) for query in told.captured_queries)
    return [lock[1] for lock in found if lock]
