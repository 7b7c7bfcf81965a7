from collections.abc import Sequence

from desabinaan.lib.web.timeline import TimelineEntry
from fgd.plan.models import Action, ActionEvent
from fgd.plan.workflow import ACTION_EVENT_LABELS
from fgd.sessions.presenters.timelines import grouped_entries


def timeline_of_action(
    action: Action, events: Sequence[ActionEvent] | None = None
) -> list[TimelineEntry]:
    """Return the events of the action since it was agreed."""
    rows = action.events.select_related("actor") if events is None else events
    return grouped_entries(rows, ACTION_EVENT_LABELS)
