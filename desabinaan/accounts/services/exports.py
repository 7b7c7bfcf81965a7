"""The log of lists that left the portal as a file."""

from collections.abc import Mapping

from desabinaan.accounts.models import ExportEvent, User


def record_export(
    listed: str, kind: str, *, filters: Mapping[str, str], rows: int, acting_user: User
) -> ExportEvent:
    """Record that the user downloaded `rows` rows of the list."""
    return ExportEvent.objects.create(
        actor=acting_user,
        verb="export",
        listed=listed,
        kind=kind,
        filters=dict(filters),
        rows=rows,
    )
