"""Who brought a row into its state, and when: what whoever comes later reads."""

from datetime import datetime
from typing import Any

from django.db.models import F

from desabinaan.lib.workflow.events import Event


def last_change(subject: Any, status: str) -> tuple[str, datetime | None]:
    """Read it from the row's events, version or decision; ("", None) if unknown."""
    if getattr(subject, "pk", None) is None:
        return "", None
    events = getattr(subject, "events", None)
    if issubclass(getattr(events, "model", object), Event):
        moves = subject.events.filter(to_status=status)
        changes = moves.exclude(from_status=F("to_status")).select_related("actor")
        event = changes.order_by("-pk").first()
        return _named(event.actor, event.recorded_at) if event else ("", None)
    for who, when in (("changed_by", "changed_at"), ("decided_by", "decided_at")):
        if hasattr(subject, who) and hasattr(subject, when):
            return _named(getattr(subject, who), getattr(subject, when))
    return "", None


def _named(who: Any, when: datetime | None) -> tuple[str, datetime | None]:
    return (str(who), when) if who else ("", None)
