"""Django's system check of the database server."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def server_is_new_enough(
    databases: Sequence[str] | None = None, **_rest: object
) -> list[CheckMessage]:
    """Return an error for every database on a PostgreSQL that is too old."""
    refusals = (refusal_of(_major_version(name)) for name in databases or ())
    return [Error(refusal, id="portal.E001") for refusal in refusals if refusal]


def _major_version(name: str) -> int:
    with connections[name].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


OLDEST_SERVER = 15


def refusal_of(major: int) -> str:
    """Return a sentence if this major version is too old, else ""."""
    if major >= OLDEST_SERVER:
        return ""
    return f"This is PostgreSQL {major}; the portal needs {OLDEST_SERVER} or newer."
