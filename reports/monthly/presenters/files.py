"""The list of months as a file, with the figures of each report."""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column, moment_column
from reports.monthly.models import FIGURES, ReportSlot
from reports.monthly.presenters.figures import LABELS
from reports.monthly.presenters.slots import state_of
from reports.monthly.selectors.slots import ROW, Rows

_STATE = ReportSlot.Status
#: States in which figures were sent; a draft is shown to the village only.
SENT = {_STATE.SUBMITTED, _STATE.VERIFIED, _STATE.CORRECTION_REQUESTED}


def slot_file_rows(user: Actor) -> Rows:
    """Return the rows of the list with every figure of the report."""
    figures = [f"report__{name}" for name in FIGURES]
    rows: Rows = ReportSlot.objects.visible_to(user).values(
        *ROW, "village__regency_name", *figures
    )
    return rows


def slot_file() -> ListFile:
    return ListFile(
        "laporan-bulanan",
        _("Monthly reports"),
        (
            Column(_("Code"), itemgetter("village__region_id"), 15),
            Column(_("Village"), itemgetter("village__name"), 22),
            Column(_("District"), itemgetter("village__district_name"), 20),
            Column(_("Regency or city"), itemgetter("village__regency_name"), 24),
            Column(_("Month"), lambda row: f"{row['month']:%Y-%m}", 10),
            Column(_("Due"), itemgetter("due_on"), 14),
            Column(
                _("State"),
                lambda row: state_of(row["status"], row["due_on"])["state"],
                20,
            ),
            moment_column(_("Sent"), itemgetter("report__submitted_at")),
            Column(_("Entered by"), itemgetter("report__entered_by__name"), 24),
            *(
                Column(capfirst(str(LABELS[name])), _figure(name), 14)
                for name in FIGURES
            ),
        ),
    )


def _figure(name: str) -> Callable[[Mapping[str, Any]], Cell]:
    return lambda row: row[f"report__{name}"] if row["status"] in SENT else None
