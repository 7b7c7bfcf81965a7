"""What every deed on a slot does alike: lock it, move its state, note it down."""

from datetime import datetime

from django.utils import timezone

from desabinaan.accounts.models import User
from reports.monthly.actions import telling
from reports.monthly.models import MonthlyEvent, ReportSlot
from reports.monthly.workflow import REPORT


def locked(slot: ReportSlot) -> ReportSlot:
    """The slot read anew and held until commit: one deed at a time on one month."""
    fresh = ReportSlot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    fresh.village = slot.village  # only its place is asked: no second join
    return fresh


def move(
    slot: ReportSlot,
    verb: str,
    *,
    acting_user: User,
    note: str = "",
    occurred_at: datetime | None = None,
    excuse: str = "",
) -> None:
    """The locked slot, checked by the caller, stands where `verb` leads; noted down."""
    came_from, slot.status = slot.status, REPORT[verb].target
    if excuse:
        slot.excuse = excuse
        slot.save(update_fields=["status", "excuse"])
    elif came_from != slot.status:
        slot.save(update_fields=["status"])
    event = MonthlyEvent.objects.create(
        slot=slot,
        actor=acting_user,
        verb=verb,
        from_status=came_from,
        to_status=slot.status,
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )
    telling.of_deed(slot, event)


def last_hand(slot: ReportSlot) -> tuple[str, datetime | None]:
    """Who changed the slot last, and when."""
    event = slot.events.select_related("actor").order_by("-recorded_at", "-id").first()
    return (str(event.actor), event.recorded_at) if event else ("", None)
