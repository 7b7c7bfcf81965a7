"""Slots as lists, badges and the month strip show them."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.lib.web.tags import day
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.querysets import WAITING_FOR_VILLAGE
from reports.monthly.selectors.slots import latest_slots
from reports.monthly.workflow import REPORT_BADGE_STYLES
from villages.register.models import Village


def lines(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a list of reports as text."""
    today = timezone.localdate()
    month_of = cache(lambda month: date_format(month, "YEAR_MONTH_FORMAT"))
    return [
        {
            "url": report_url(row["village__region_id"], row["month"]),
            "village": row["village__name"],
            "district": row["village__district_name"],
            "month": month_of(row["month"]),
            "due": day(row["due_on"]),
            **state_of(row["status"], row["due_on"], today),
            "sent": day(row["report__submitted_at"]),
            "who": row["report__entered_by__name"] or "",
            "how": _how(row),
        }
        for row in rows
    ]


@lru_cache(maxsize=4096)
def report_url(code: str, month: date) -> str:
    return reverse("monthly:report_detail", args=[code, month])


def state_of(code: str, due_on: date, today: date | None = None) -> dict[str, str]:
    """Return the `badge_style` of a month and its `state` in words."""
    status = ReportSlot.Status(code)
    is_late = code in WAITING_FOR_VILLAGE and due_on < (today or timezone.localdate())
    return {
        "badge_style": "late" if is_late else REPORT_BADGE_STYLES[status],
        "state": _late_words(status) if is_late else str(status.label),
    }


def _late_words(status: ReportSlot.Status) -> str:
    """Return the state of a late month; a slot without any report is just late."""
    if status == ReportSlot.Status.OPEN:
        return _("late")
    return f"{status.label}, " + _("late")


def _how(row: dict[str, Any]) -> str:
    """Return how the report was sent, where it was not sent on the portal."""
    if row["report__is_nil"] and row["status"] != ReportSlot.Status.DRAFT:
        return _("nil report")
    channel = row["report__channel"]
    if channel and channel != MonthlyReport.Channel.PORTAL:
        return str(MonthlyReport.Channel(channel).label)
    return ""


def month_strip(village: Village, months: int = 12) -> list[dict[str, str]]:
    """Return the last `months` for components/month_strip.html, oldest first."""
    return [
        _month_cell(village, month, slot)
        for month, slot in latest_slots(village, months)
    ]


def _month_cell(
    village: Village, month: date, slot: ReportSlot | None
) -> dict[str, str]:
    label = date_format(month, "M")
    if slot is None:
        return {
            "label": label,
            "badge_style": "quiet",
            "text": _("not required"),
            "url": "",
        }
    return {
        "label": label,
        "badge_style": state_of(slot.status, slot.due_on)["badge_style"],
        "text": _("late") if slot.is_late() else slot.get_status_display(),
        "url": report_url(village.code, month),
    }
