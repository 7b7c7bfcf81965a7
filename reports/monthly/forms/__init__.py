"""Forms of the monthly reports."""

from reports.monthly.forms.filters import SlotFilter
from reports.monthly.forms.reports import (
    NilForm,
    OnBehalfForm,
    ReportFiguresForm,
    VersionForm,
)

__all__ = [
    "NilForm",
    "OnBehalfForm",
    "ReportFiguresForm",
    "SlotFilter",
    "VersionForm",
]
