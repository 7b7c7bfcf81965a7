"""Django's system checks of the database server."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from desabinaan.lib.files.postgres_log import QUIET_LOG


@register(Tags.database)
def server_is_new_enough(
    databases: Sequence[str] | None = None, **_rest: object
) -> list[CheckMessage]:
    """Return an error for every database on a PostgreSQL that is too old."""
    refusals = (refusal_of(_major_version(name)) for name in databases or ())
    return [Error(refusal, id="portal.E001") for refusal in refusals if refusal]


@register(Tags.database)
def log_is_quiet(
    databases: Sequence[str] | None = None, **_rest: object
) -> list[CheckMessage]:
    """Return a warning for every database whose log would hold what people type."""
    return [
        Warning(
            f"PostgreSQL writes what people type into its log ({', '.join(loud)}).",
            hint="Set it as docs/operations.md says (Install).",
            id="portal.W001",
        )
        for name in databases or ()
        if (loud := _loud_settings(name))
    ]


def _loud_settings(database: str) -> list[str]:
    with connections[database].cursor() as cursor:
        query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
        cursor.execute(query, [[*QUIET_LOG]])
        return [
            f"{name} = {value}" for name, value in cursor if value != QUIET_LOG[name]
        ]


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
