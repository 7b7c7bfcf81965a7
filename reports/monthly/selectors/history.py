"""What happened to a village's months, told as a timeline, and what was sent."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.timeline import Entry, entry_of
from reports.monthly.models import MonthlyEvent, ReportSlot, ReportVersion
from villages.models import Village

Status = ReportSlot.Status
TOLD = {
    "save_draft": (gettext_lazy("Draft saved"), "pencil"),
    "submit": (gettext_lazy("Report sent"), "send"),
    "enter_on_behalf": (gettext_lazy("Report entered for the village"), "send"),
    "verify": (gettext_lazy("Report verified"), "circle-check"),
    "return": (gettext_lazy("Report returned"), "undo-2"),
    "request_correction": (gettext_lazy("Correction asked for"), "git-compare"),
    "excuse": (gettext_lazy("Month excused"), "circle-slash"),
}


def history_of(slot: ReportSlot) -> list[Entry]:
    events = slot.events.select_related("actor")
    return [
        entry_of(event, TOLD[event.verb][0], icon=TOLD[event.verb][1])
        for event in events
    ]


def open_reason(slot: ReportSlot) -> str:
    """Why the village has to write again, while it has to."""
    if slot.status not in (Status.RETURNED, Status.CORRECTION_REQUESTED):
        return ""
    events = slot.events.filter(verb__in=("return", "request_correction"))
    return events.values_list("note", flat=True).order_by("-recorded_at")[:1].get()


def timeline_of(village: Village, limit: int = 40) -> list[Entry]:
    """What happened to the village's reports, newest first, without drafts.

    For whoever may `report.view` there: the caller asks.
    """
    events = (
        MonthlyEvent.objects.filter(slot__village=village)
        .exclude(verb="save_draft")
        .select_related("actor", "slot")
    )
    return [_entry(village, event) for event in events[:limit]]


def _entry(village: Village, event: MonthlyEvent) -> Entry:
    month = event.slot.month
    what = _("%(deed)s for %(month)s") % {
        "deed": TOLD[event.verb][0],
        "month": date_format(month, "YEAR_MONTH_FORMAT"),
    }
    return entry_of(
        event,
        what,
        url=reverse("monthly:report_detail", args=[village.code, month]),
        icon=TOLD[event.verb][1],
    )


def versions_of(slot: ReportSlot) -> Sequence[ReportVersion]:
    """Every sending of the month, newest first."""
    return list(_versions(slot).order_by("-number"))


def latest_version(slot: ReportSlot) -> ReportVersion | None:
    return _versions(slot).order_by("-number").first()


def _versions(slot: ReportSlot) -> QuerySet[ReportVersion]:
    versions = ReportVersion.objects.filter(report__slot=slot)
    return versions.select_related("report__slot", "submitted_by")
