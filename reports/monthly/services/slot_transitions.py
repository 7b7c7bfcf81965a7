"""Locking a slot, changing its status, recording the event."""

from datetime import datetime

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_row
from reports.monthly import notifications
from reports.monthly.models import ReportSlot
from reports.monthly.workflow import REPORT


def locked(slot: ReportSlot) -> ReportSlot:
    """Return the slot read again and locked until commit."""
    fresh = lock_row(ReportSlot.objects.all(), slot.pk)
    fresh.village = slot.village  # saves a join: only its place is needed
    return fresh


def apply_transition(
    slot: ReportSlot,
    verb: str,
    *,
    acting_user: User,
    note: str = "",
    occurred_at: datetime | None = None,
    excuse: str = "",
) -> None:
    """Move the locked slot along `verb`, which the caller checked; record it."""
    came_from, slot.status = slot.status, REPORT[verb].target
    if excuse:
        slot.excuse = excuse
        slot.save(update_fields=["status", "excuse"])
    elif came_from != slot.status:
        slot.save(update_fields=["status"])
    event = record_event(
        slot,
        verb,
        acting_user,
        from_status=came_from,
        note=note,
        occurred_at=occurred_at,
    )
    notifications.notify_of_transition(slot, event)


def last_editor(slot: ReportSlot) -> tuple[str, datetime | None]:
    """Return who changed the slot last, and when."""
    event = slot.events.select_related("actor").order_by("-recorded_at", "-id").first()
    return (str(event.actor), event.recorded_at) if event else ("", None)
