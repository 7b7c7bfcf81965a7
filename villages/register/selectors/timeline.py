"""Who changed a village last, and when."""

from datetime import datetime

from villages.register.models import Village, VillageContact


def last_edit(village: Village) -> tuple[str, datetime | None]:
    """Return who changed the profile last, and when."""
    return _last(village, "edit", "propose")


def last_correction(village: Village) -> tuple[str, datetime | None]:
    """Return who corrected a decree of this village last, and when."""
    return _last(village, "correct_decree")


def last_contact_edit(contact: VillageContact) -> tuple[str, datetime | None]:
    """Return who changed the contacts of this village last, and when."""
    return _last(contact.village, "contact_edit", "contact_add", "contact_remove")


def _last(village: Village, *verbs: str) -> tuple[str, datetime | None]:
    event = (
        village.events.filter(verb__in=verbs)
        .select_related("actor")
        .order_by("-recorded_at", "-id")
        .first()
    )
    return (str(event.actor or ""), event.recorded_at) if event else ("", None)
