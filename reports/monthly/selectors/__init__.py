"""Reads of monthly reports, for this app and the apps above."""

from reports.monthly.selectors.checking import Verified, unfinished_in, verified_by
from reports.monthly.selectors.figures import (
    last_verified,
    report_before,
)
from reports.monthly.selectors.history import (
    latest_version,
    open_reason,
    versions_of,
)
from reports.monthly.selectors.slots import (
    ReportTaskCounts,
    Rows,
    due_in_own_village,
    next_to_verify,
    slot_rows,
    slot_to_decide,
    slots_of_village,
    slots_with_people,
    visible_offices,
    visible_slots,
    visible_villages,
    waiting_for,
)
from reports.monthly.selectors.totals import Totals, totals

__all__ = [
    "ReportTaskCounts",
    "Rows",
    "Totals",
    "Verified",
    "due_in_own_village",
    "last_verified",
    "latest_version",
    "next_to_verify",
    "open_reason",
    "report_before",
    "slot_rows",
    "slot_to_decide",
    "slots_of_village",
    "slots_with_people",
    "totals",
    "unfinished_in",
    "verified_by",
    "versions_of",
    "visible_offices",
    "visible_slots",
    "visible_villages",
    "waiting_for",
]
