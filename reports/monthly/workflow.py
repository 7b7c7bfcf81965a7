"""The states of a month's report, as a table."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.workflow.transitions import Table, Transition
from reports.monthly.models import ReportSlot

_S = ReportSlot.Status
WRITABLE = frozenset({_S.OPEN, _S.DRAFT, _S.RETURNED, _S.CORRECTION_REQUESTED})

REPORT: Table = {
    "save_draft": Transition(
        frozenset({_S.OPEN, _S.DRAFT}), _S.DRAFT, "report.submit", _("Save the draft")
    ),
    # The village may correct its own report until it is verified.
    "submit": Transition(
        WRITABLE | {_S.SUBMITTED},
        _S.SUBMITTED,
        "report.submit",
        _("Send the report"),
    ),
    "enter_on_behalf": Transition(
        WRITABLE,
        _S.SUBMITTED,
        "report.enter_on_behalf",
        _("Enter for the village"),
    ),
    "verify": Transition(
        frozenset({_S.SUBMITTED}), _S.VERIFIED, "report.verify", _("Verify")
    ),
    "return": Transition(
        frozenset({_S.SUBMITTED}),
        _S.RETURNED,
        "report.return",
        _("Return with a reason"),
    ),
    "request_correction": Transition(
        frozenset({_S.VERIFIED}),
        _S.CORRECTION_REQUESTED,
        "report.request_correction",
        _("Ask for a correction"),
    ),
    "excuse": Transition(
        frozenset({_S.OPEN}), _S.EXCUSED, "report.excuse", _("Excuse this month")
    ),
}

#: verb of an event row -> its text in a timeline
REPORT_EVENT_LABELS: dict[str, StrOrPromise] = {
    "save_draft": _("Draft saved"),
    "submit": _("Report sent"),
    "enter_on_behalf": _("Report entered for the village"),
    "verify": _("Report verified"),
    "return": _("Report returned"),
    "request_correction": _("Correction requested"),
    "excuse": _("Month excused"),
}

#: state -> badge style (tag `badge`)
REPORT_BADGE_STYLES = {
    _S.OPEN: "waiting",
    _S.DRAFT: "moving",
    _S.SUBMITTED: "moving",
    _S.RETURNED: "late",
    _S.VERIFIED: "done",
    _S.CORRECTION_REQUESTED: "waiting",
    _S.EXCUSED: "quiet",
}
