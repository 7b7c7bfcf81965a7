"""What Django's checks ask about the database server."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from desabinaan.lib.server_version import refusal_of


@register(Tags.database)
def server_is_new_enough(
    databases: Sequence[str] | None = None, **_rest: object
) -> list[CheckMessage]:
    """No error when every database runs on a PostgreSQL the portal knows."""
    refusals = (refusal_of(_major_version(name)) for name in databases or ())
    return [Error(refusal, id="portal.E001") for refusal in refusals if refusal]


def _major_version(name: str) -> int:
    with connections[name].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000
