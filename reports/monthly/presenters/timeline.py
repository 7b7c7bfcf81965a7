"""What happened to a village's months, as a timeline."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.timeline import TimelineEntry, entry_of
from reports.monthly.models import ReportSlot
from reports.monthly.presenters.slots import report_url
from reports.monthly.selectors.history import events_in
from villages.register.models import Village

#: verb -> label and icon
EVENT_LABELS = {
    "save_draft": (gettext_lazy("Draft saved"), "pencil"),
    "submit": (gettext_lazy("Report sent"), "send"),
    "enter_on_behalf": (gettext_lazy("Report entered for the village"), "send"),
    "verify": (gettext_lazy("Report verified"), "circle-check"),
    "return": (gettext_lazy("Report returned"), "undo-2"),
    "request_correction": (gettext_lazy("Correction requested"), "git-compare"),
    "excuse": (gettext_lazy("Month excused"), "circle-slash"),
}


def history_of(slot: ReportSlot) -> list[TimelineEntry]:
    """Return everything that happened to one month, newest first."""
    entries = []
    for event in slot.events.select_related("actor"):
        label, icon = EVENT_LABELS[event.verb]
        entries.append(entry_of(event, label, icon=icon))
    return entries


def timeline_of(village: Village, limit: int = 40) -> list[TimelineEntry]:
    """Return what happened to the village's reports, newest first, without drafts.

    The caller checks `report.view`.
    """
    entries = []
    for event in events_in(village)[:limit]:
        label, icon = EVENT_LABELS[event.verb]
        month = event.slot.month
        words = {"event": label, "month": date_format(month, "YEAR_MONTH_FORMAT")}
        entries.append(
            entry_of(
                event,
                _("%(event)s for %(month)s") % words,
                url=report_url(village.code, month),
                icon=icon,
            )
        )
    return entries
