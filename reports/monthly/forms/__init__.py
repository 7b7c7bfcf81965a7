"""Forms of the monthly reports."""

from reports.monthly.forms.filters import SlotFilter
from reports.monthly.forms.reports import (
    OnBehalfForm,
    ReportFiguresForm,
    SlotForm,
    VersionForm,
)

__all__ = [
    "OnBehalfForm",
    "ReportFiguresForm",
    "SlotFilter",
    "SlotForm",
    "VersionForm",
]
