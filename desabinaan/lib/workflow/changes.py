"""Who brought a row into its state, and when: what whoever comes later reads."""

from datetime import datetime
from typing import Any

from django.db.models import F

from desabinaan.lib.workflow.events import Event


def last_change(subject: Any, status: str) -> tuple[str, datetime | None]:
    """Read it from the row's events, version or decision; ("", None) if unknown."""
    saved = getattr(subject, "pk", None) is not None
    if (
        saved
        and hasattr(getattr(subject, "events", None), "model")
        and (issubclass(subject.events.model, Event))
    ):
        moves = subject.events.filter(to_status=status).exclude(
            from_status=F("to_status")
        )
        event = moves.select_related("actor").order_by("-pk").first()
        return _named(event.actor, event.recorded_at) if event else ("", None)
    for who, when in (("changed_by", "changed_at"), ("decided_by", "decided_at")):
        if hasattr(subject, who) and hasattr(subject, when):
            return _named(getattr(subject, who), getattr(subject, when))
    return "", None


def _named(who: Any, when: datetime | None) -> tuple[str, datetime | None]:
    return (str(who), when) if who else ("", None)
