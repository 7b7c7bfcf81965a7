"""What happened to a session and to an action, as lines of a timeline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.timeline import Entry, entry_of
from fgd.models import Action, FgdEvent, Session
from fgd.workflow import ACTION_DEEDS, SESSION_DEEDS

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
#: deeds whose note is a number
COUNTED = {"invite", "add_delegates"}


def events_of(thing: Session | Action) -> list[FgdEvent]:
    """Every deed on the session or action, the newest first."""
    return list(thing.events.select_related("actor"))


def timeline_of_session(
    session: Session, events: Sequence[FgdEvent] | None = None
) -> list[Entry]:
    """The session's deeds; the same deed of one person on one day is one line."""
    rows = events_of(session) if events is None else events
    return _lines(rows, SESSION_DEEDS)


def timeline_of_action(
    action: Action, events: Sequence[FgdEvent] | None = None
) -> list[Entry]:
    """The action's deeds since it was agreed."""
    rows = events_of(action) if events is None else events
    return _lines(rows, ACTION_DEEDS)


def _lines(
    events: Iterable[FgdEvent], deeds: Mapping[str, StrOrPromise]
) -> list[Entry]:
    lines = []
    for _key, group in groupby(events, key=_alike):
        same = list(group)
        verb = same[0].verb
        what = deeds.get(verb, verb)
        if len(same) > 1:
            what = _("%(what)s (%(times)s times)") % {"what": what, "times": len(same)}
        line = entry_of(same[0], what, icon=ICONS.get(verb, "circle-dot"))
        lines.append(_counted(line) if verb in COUNTED else line)
    return lines


def _counted(line: Entry) -> Entry:
    """The number in the note stands behind the deed."""
    return replace(line, what=f"{line.what}: {line.note}", note="")


def _alike(event: FgdEvent) -> tuple[object, ...]:
    day = timezone.localdate(event.occurred_at)
    return event.verb, event.actor_id, day, event.note
