"""Names and columns of files: the action plan, and evidence."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile
from desabinaan.lib.files.uploads import EXTENSIONS
from desabinaan.lib.sheets.columns import Cell, Column
from fgd.plan.models import Evidence, reference_of
from fgd.plan.selectors.plan import WAITING
from fgd.plan.workflow import ACTION_STATE_LABELS, RETURNED, shown_state


def action_file() -> ListFile:
    """Return the name, title and columns of the downloaded action plan."""
    states = {value: str(label) for value, label in ACTION_STATE_LABELS.items()}
    return ListFile(
        "rencana-aksi",
        _("Action plan"),
        (
            Column(_("Reference"), lambda row: reference_of(row["id"]), 12),
            Column(_("Action"), itemgetter("title"), 50),
            Column(_("Lead agency"), itemgetter("lead_agency__short_name"), 20),
            Column(_("Villages"), lambda row: "; ".join(row["village_names"]), 36),
            Column(_("Due date"), itemgetter("due_on"), 14),
            Column(_("State"), lambda row: states[_state_of(row)], 18),
            Column(_("Returned because"), _return_reason, 36),
            Column(_("Days overdue"), _days_overdue, 12),
            Column(_("Percent"), itemgetter("percent"), 10),
        ),
    )


def file_name_of(evidence: Evidence) -> str:
    """Return a name for the downloaded file without anything personal in it."""
    extension = EXTENSIONS[evidence.content_type]
    return f"{evidence.action.reference}-bukti-{evidence.pk}.{extension}"


def _state_of(row: Mapping[str, Any]) -> str:
    return shown_state(row["status"], row["return_reason"])


def _return_reason(row: Mapping[str, Any]) -> Cell:
    return row["return_reason"] if _state_of(row) == RETURNED else None


def _days_overdue(row: Mapping[str, Any]) -> Cell:
    late = (timezone.localdate() - row["due_on"]).days
    return late if row["status"] in WAITING and late > 0 else None
