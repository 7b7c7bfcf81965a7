"""A village's reports to compare a month with."""

from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.months import month_before
from reports.monthly.querysets import SENT
from villages.register.models import Village


def last_verified(village: Village) -> MonthlyReport | None:
    """Return the village's latest verified report, with its slot."""
    reports = MonthlyReport.objects.filter(
        slot__village=village, slot__status=ReportSlot.Status.VERIFIED
    )
    return reports.select_related("slot").order_by("-slot__month").first()


def report_before(slot: ReportSlot) -> MonthlyReport | None:
    """Return the village's report for the month before."""
    reports = MonthlyReport.objects.filter(
        slot__village_id=slot.village_id,
        slot__month=month_before(slot.month),
        slot__status__in=SENT,
    )
    return reports.first()
