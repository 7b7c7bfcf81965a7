"""What happened to a village's record."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.timeline import Entry, entry_of
from villages.models import Village, VillageContact, VillageEvent

#: verb -> what is told, the drawing, and the page that shows more
DEEDS: dict[str, tuple[StrOrPromise, str, str]] = {
    "propose": (_("Proposed as a fostered village"), "map-pin-plus", "profile"),
    "withdraw": (_("Proposal withdrawn"), "undo-2", "designations"),
    "decline": (_("Proposal declined"), "x", "designations"),
    "designate": (_("Designated by decree"), "stamp", "designations"),
    "deactivate": (_("Made inactive by decree"), "pause", "designations"),
    "reactivate": (_("Made active again by decree"), "play", "designations"),
    "revoke": (_("Designation revoked by decree"), "ban", "designations"),
    "attach": (_("PDF of a decree attached"), "paperclip", "designations"),
    "correct_decree": (_("Data of a decree corrected"), "stamp", "designations"),
    "edit": (_("Profile changed"), "pencil", "profile"),
    "change_office": (_("In the care of another office"), "landmark", "profile"),
    "rename": (_("Name follows the official list"), "map-pin", "profile"),
    "contact_add": (_("Contact added"), "phone", "profile"),
    "contact_edit": (_("Contact changed"), "phone", "profile"),
    "contact_remove": (_("Contact removed"), "phone", "profile"),
    "assign": (_("Officer assigned"), "user-plus", "assignments"),
    "end_assignment": (_("Assignment ended"), "user-minus", "assignments"),
}
#: the deeds that changed the state of a village, and the papers behind them
LIFECYCLE = (
    *("propose", "withdraw", "decline"),
    *("designate", "deactivate", "reactivate", "revoke"),
    *("attach", "correct_decree"),
)


def timeline_of(village: Village) -> list[Entry]:
    """Every deed on the record as a line, for lib.timeline.by_month."""
    return [_entry(event, village) for event in village.events.select_related("actor")]


def lifecycle_of(village: Village) -> list[Entry]:
    """Each step from the proposal on, with who did it and why."""
    events = village.events.filter(verb__in=LIFECYCLE).select_related("actor")
    return [_entry(event, village) for event in events]


def last_edit(village: Village) -> tuple[str, datetime | None]:
    """Who changed the profile last, and when."""
    return _last(village, "edit", "propose")


def last_correction(village: Village) -> tuple[str, datetime | None]:
    """Who corrected a decree of this village last, and when."""
    return _last(village, "correct_decree")


def last_contact_edit(contact: VillageContact) -> tuple[str, datetime | None]:
    """Who changed the contacts of this village last, and when."""
    return _last(contact.village, "contact_edit", "contact_add", "contact_remove")


def _last(village: Village, *verbs: str) -> tuple[str, datetime | None]:
    event = (
        village.events.filter(verb__in=verbs)
        .select_related("actor")
        .order_by("-recorded_at", "-id")
        .first()
    )
    return (str(event.actor or ""), event.recorded_at) if event else ("", None)


def _entry(event: VillageEvent, village: Village) -> Entry:
    what, icon, page = DEEDS[event.verb]
    url = reverse(f"villages:village_{page}", kwargs={"code": village.code})
    return entry_of(event, what, icon=icon, url=url)
