"""The slots, reports, versions and events of a village's months."""

from reports.monthly.models.figures import FIGURE_GROUPS, FIGURES, PART_OF
from reports.monthly.models.reports import (
    MonthlyEvent,
    MonthlyReport,
    ReportSlot,
    ReportVersion,
)

__all__ = [
    "FIGURES",
    "FIGURE_GROUPS",
    "PART_OF",
    "MonthlyEvent",
    "MonthlyReport",
    "ReportSlot",
    "ReportVersion",
]
