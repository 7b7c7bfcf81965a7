"""Stale edits are told, never swallowed."""

from datetime import datetime


class StaleEdit(Exception):
    """Someone saved this object after the form was opened.

    `who` and `when` name the other save; the view keeps the typed text and
    shows both sides (templates/components/stale.html).
    """

    def __init__(self, who: str, when: datetime | None) -> None:
        super().__init__(who)
        self.who = who
        self.when = when


def same_version(
    current: int, seen: int, who: str, when: datetime | None = None
) -> None:
    """Raise StaleEdit unless the form was opened on the version that stands now."""
    if current != seen:
        raise StaleEdit(who, when)
