"""The states of an uploaded list, whatever its kind.

What the acting user must be allowed is said by the kind of list (`ListKind.require`).
"""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.workflow.transitions import Table, Transition
from desabinaan.uploads.models import Upload

_STATE = Upload.Status
_OPEN = frozenset({_STATE.PREVIEWED, _STATE.FAILED})

UPLOAD: Table = {
    "preview": Transition(
        _OPEN | {_STATE.UPLOADED}, _STATE.PREVIEWED, "", _("Check the rows")
    ),
    "edit": Transition(_OPEN, _STATE.PREVIEWED, "", _("Edit a row")),
    "commit": Transition(_OPEN, _STATE.COMMITTING, "", _("Save the rows")),
    "retry": Transition(
        frozenset({_STATE.COMMITTING}), _STATE.COMMITTING, "", _("Restart")
    ),
    "finish": Transition(
        frozenset({_STATE.COMMITTING}), _STATE.COMMITTED, "", _("Saved")
    ),
    "fail": Transition(
        frozenset({_STATE.COMMITTING}), _STATE.FAILED, "", _("Not saved")
    ),
    "discard": Transition(
        _OPEN | {_STATE.UPLOADED}, _STATE.DISCARDED, "", _("Discard this list")
    ),
}
#: verb of an event row -> its text for whoever had the page open
UPLOAD_EVENT_LABELS: dict[str, StrOrPromise] = {
    "upload": _("List uploaded"),
    "set_headed": _("First row read in another way"),
    "preview": _("Columns chosen and all rows checked (rows: %(note)s)"),
    "edit": _("Line %(note)s corrected"),
    "choose": _("Line %(note)s answered"),
    "skip": _("Line %(note)s skipped"),
    "restore": _("Line %(note)s restored"),
    "skip_rest": _("All rows in doubt skipped (rows: %(note)s)"),
    "commit": _("Saving begun"),
    "retry": _("Saving begun again"),
    "finish": _("Saved (rows: %(note)s)"),
    "fail": _("Not saved"),
    "discard": _("List discarded"),
}
UPLOAD_BADGE_STYLES = {
    _STATE.UPLOADED: "waiting",
    _STATE.PREVIEWED: "waiting",
    _STATE.COMMITTING: "moving",
    _STATE.COMMITTED: "done",
    _STATE.FAILED: "late",
    _STATE.DISCARDED: "quiet",
}
