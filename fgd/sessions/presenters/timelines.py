"""Events of a session or an action as entries of a timeline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.timeline import TimelineEntry, entry_of
from desabinaan.lib.workflow.events import Event
from fgd.sessions.models import Session, SessionEvent
from fgd.sessions.workflow import SESSION_EVENT_LABELS

ICONS = {
    "create": "file-plus",
    "announce": "megaphone",
    "open": "users",
    "finalise": "lock",
    "cancel": "circle-x",
    "agree": "handshake",
    "report_done": "flag",
    "verify": "circle-check",
    "return": "undo-2",
    "evidence_added": "paperclip",
}
#: verbs whose note is a number
COUNTED = {"invite", "add_delegates"}


def events_of(session: Session) -> list[SessionEvent]:
    """Return every event of the session, the newest first."""
    return list(session.events.select_related("actor"))


def timeline_of_session(
    session: Session, events: Sequence[SessionEvent] | None = None
) -> list[TimelineEntry]:
    """Return the events of the session, grouped by `grouped_entries`."""
    rows = events_of(session) if events is None else events
    return grouped_entries(rows, SESSION_EVENT_LABELS)


def grouped_entries(
    events: Iterable[Event], labels: Mapping[str, StrOrPromise]
) -> list[TimelineEntry]:
    """Return one entry per event; repeats by one person on one day are one entry."""
    lines = []
    for _key, group in groupby(events, key=_alike):
        same = list(group)
        verb = same[0].verb
        what = labels.get(verb, verb)
        if len(same) > 1:
            what = _("%(what)s (%(times)s times)") % {"what": what, "times": len(same)}
        line = entry_of(same[0], what, icon=ICONS.get(verb, "circle-dot"))
        if verb in COUNTED:  # the note is the number of rows
            line = replace(line, what=f"{line.what}: {line.note}", note="")
        lines.append(line)
    return lines


def _alike(event: Event) -> tuple[object, ...]:
    day = timezone.localdate(event.occurred_at)
    return event.verb, event.actor_id, day, event.note
