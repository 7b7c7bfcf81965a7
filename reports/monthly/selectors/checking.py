"""Reports an officer verified and how fast; unfinished months of villages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F

from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.querysets import WAITING_FOR_VILLAGE
from reports.monthly.selectors.slots import Rows, slot_rows

Status = ReportSlot.Status


class Median(Aggregate):
    """The median in PostgreSQL."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Verified:
    """The number of reports, and the median hours until verified, None without any."""

    count: int
    median_hours: float | None


def verified_by(officer: User, villages: Collection[int], since: date) -> Verified:
    """Count what `officer` verified there since that day; one query."""
    waited = ExpressionWrapper(
        F("verified_at") - F("submitted_at"), output_field=DurationField()
    )
    found: dict[str, Any] = MonthlyReport.objects.filter(
        verified_by=officer,
        verified_at__date__gte=since,
        slot__village__in=villages,
        slot__status=Status.VERIFIED,
    ).aggregate(count=Count("pk"), median=Median(waited))
    median = found["median"]
    hours = None if median is None else median.total_seconds() / 3600
    return Verified(found["count"], hours)


def unfinished_in(user: Actor, villages: Collection[int]) -> Rows:
    """Return the months in these villages that are not verified yet."""
    waiting = [*WAITING_FOR_VILLAGE, Status.SUBMITTED, Status.CORRECTION_REQUESTED]
    rows = slot_rows(user).filter(village__in=villages, status__in=waiting)
    return rows.order_by("month", "id")
