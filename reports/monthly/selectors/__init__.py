"""What is read about monthly reports, here and by the rooms above."""

from reports.monthly.selectors.figures import (
    FigureRow,
    differences,
    figure_groups,
    last_verified,
    report_before,
)
from reports.monthly.selectors.history import (
    history_of,
    latest_version,
    timeline_of,
    versions_of,
)
from reports.monthly.selectors.slots import (
    Waiting,
    due_in_own_village,
    next_to_verify,
    slot_rows,
    slots_in_sight,
    slots_of_village,
    strip_of,
    villages_in_sight,
    waiting_for,
)
from reports.monthly.selectors.totals import Totals, totals

__all__ = [
    "FigureRow",
    "Totals",
    "Waiting",
    "differences",
    "due_in_own_village",
    "figure_groups",
    "history_of",
    "last_verified",
    "latest_version",
    "next_to_verify",
    "report_before",
    "slot_rows",
    "slots_in_sight",
    "slots_of_village",
    "strip_of",
    "timeline_of",
    "totals",
    "versions_of",
    "villages_in_sight",
    "waiting_for",
]
