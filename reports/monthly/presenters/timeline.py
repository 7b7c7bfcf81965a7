"""What happened to a village's months, as a timeline."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.lib.web.timeline import TimelineEntry, entry_of
from reports.monthly.models import ReportSlot
from reports.monthly.presenters.slots import report_url
from reports.monthly.selectors.history import events_in
from reports.monthly.workflow import REPORT_EVENT_LABELS
from villages.register.models import Village

#: verb of an event row -> its icon
ICONS = {
    "save_draft": "pencil",
    "submit": "send",
    "enter_on_behalf": "send",
    "verify": "circle-check",
    "return": "undo-2",
    "request_correction": "git-compare",
    "excuse": "circle-slash",
}


def history_of(slot: ReportSlot) -> list[TimelineEntry]:
    """Return everything that happened to one month, newest first."""
    entries = []
    for event in slot.events.select_related("actor"):
        label = REPORT_EVENT_LABELS[event.verb]
        entries.append(entry_of(event, label, icon=ICONS[event.verb]))
    return entries


def timeline_of(village: Village, limit: int = 40) -> list[TimelineEntry]:
    """Return what happened to the village's reports, newest first, without drafts.

    The caller checks `report.view`.
    """
    entries = []
    for event in events_in(village)[:limit]:
        month, label = event.slot.month, REPORT_EVENT_LABELS[event.verb]
        words = {"event": label, "month": date_format(month, "YEAR_MONTH_FORMAT")}
        entries.append(
            entry_of(
                event,
                _("%(event)s for %(month)s") % words,
                url=report_url(village.code, month),
                icon=ICONS[event.verb],
            )
        )
    return entries
