"""The figures of a month, side by side with another month's or another hand's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from reports.monthly.models import (
    FIGURE_GROUPS,
    PART_OF,
    MonthlyReport,
    ReportSlot,
)
from reports.monthly.months import month_before
from reports.monthly.querysets import SENT
from villages.models import Village

LABELS = {field.name: field.verbose_name for field in MonthlyReport._meta.fields}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure; `before` is last month's, None without a report then."""

    name: str
    label: StrOrPromise
    value: int
    before: int | None
    is_part: bool


def last_verified(village: Village) -> MonthlyReport | None:
    """The village's latest verified report, with its slot."""
    reports = MonthlyReport.objects.filter(
        slot__village=village, slot__status=ReportSlot.Status.VERIFIED
    )
    return reports.select_related("slot").order_by("-slot__month").first()


def report_before(slot: ReportSlot) -> MonthlyReport | None:
    """What the village sent for the month before."""
    reports = MonthlyReport.objects.filter(
        slot__village_id=slot.village_id,
        slot__month=month_before(slot.month),
        slot__status__in=SENT,
    )
    return reports.first()


def figure_groups(
    report: MonthlyReport, before: MonthlyReport | None
) -> list[tuple[StrOrPromise, list[FigureRow]]]:
    """The form's groups, each a heading and its figures."""
    return [
        (heading, [_row(name, report, before) for name in names])
        for heading, names in FIGURE_GROUPS
    ]


def _row(name: str, report: MonthlyReport, before: MonthlyReport | None) -> FigureRow:
    return FigureRow(
        name=name,
        label=LABELS[name],
        value=getattr(report, name),
        before=getattr(before, name) if before else None,
        is_part=name in PART_OF,
    )


def differences(
    report: MonthlyReport | None, typed: Mapping[str, int]
) -> Sequence[dict[str, StrOrPromise]]:
    """Figures that stand otherwise now than typed, for components/stale.html."""
    if report is None:
        return []
    return [
        {"label": LABELS[name], "theirs": str(theirs), "yours": str(yours)}
        for name, yours in typed.items()
        if (theirs := getattr(report, name)) != yours
    ]
