"""The events and versions of a village's months."""

from collections.abc import Sequence

from django.db.models import QuerySet

from reports.monthly.models import MonthlyEvent, ReportSlot, ReportVersion
from villages.register.models import Village

Status = ReportSlot.Status


def open_reason(slot: ReportSlot) -> str:
    """Return why a report was sent back, while the village has to correct it."""
    if slot.status not in (Status.RETURNED, Status.CORRECTION_REQUESTED):
        return ""
    events = slot.events.filter(verb__in=("return", "request_correction"))
    return events.values_list("note", flat=True).order_by("-recorded_at")[:1].get()


def events_in(village: Village) -> QuerySet[MonthlyEvent]:
    """Return the events of the village's months without drafts, newest first."""
    events = MonthlyEvent.objects.filter(slot__village=village)
    return events.exclude(verb="save_draft").select_related("actor", "slot")


def versions_of(slot: ReportSlot) -> Sequence[ReportVersion]:
    """Return all versions of the month's report, newest first."""
    return list(_versions(slot).order_by("-number"))


def latest_version(slot: ReportSlot) -> ReportVersion | None:
    return _versions(slot).order_by("-number").first()


def _versions(slot: ReportSlot) -> QuerySet[ReportVersion]:
    versions = ReportVersion.objects.filter(report__slot=slot)
    return versions.select_related("report__slot", "submitted_by")
