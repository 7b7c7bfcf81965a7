"""The events of a village as entries of a timeline."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.timeline import TimelineEntry, entry_of
from villages.register.line_notes import note_in_words
from villages.register.models import Village, VillageEvent

#: verb -> sentence, icon, and the page that shows more
EVENT_LABELS: dict[str, tuple[StrOrPromise, str, str]] = {
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
    "change_office": (_("Moved to another office"), "landmark", "profile"),
    "rename": (_("Name follows the official list"), "map-pin", "profile"),
    "contact_add": (_("Contact added"), "phone", "profile"),
    "contact_edit": (_("Contact changed"), "phone", "profile"),
    "contact_remove": (_("Contact removed"), "phone", "profile"),
    "assign": (_("Officer assigned"), "user-plus", "assignments"),
    "end_assignment": (_("Assignment ended"), "user-minus", "assignments"),
}
#: Verbs that change the state of a village or the decrees behind it.
LIFECYCLE = (
    *("propose", "withdraw", "decline"),
    *("designate", "deactivate", "reactivate", "revoke"),
    *("attach", "correct_decree"),
)


def timeline_of(village: Village) -> list[TimelineEntry]:
    """Return every event of the village, for lib.web.timeline.by_month."""
    return [_entry(event, village) for event in village.events.select_related("actor")]


def lifecycle_of(village: Village) -> list[TimelineEntry]:
    """Return the events from the proposal on, with who did it and why."""
    events = village.events.filter(verb__in=LIFECYCLE).select_related("actor")
    return [_entry(event, village) for event in events]


def _entry(event: VillageEvent, village: Village) -> TimelineEntry:
    what, icon, page = EVENT_LABELS[event.verb]
    url = reverse(f"register:village_{page}", kwargs={"code": village.code})
    entry = entry_of(event, what, icon=icon, url=url)
    return replace(entry, note=note_in_words(event.note))
