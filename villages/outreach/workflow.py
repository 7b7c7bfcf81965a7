from django.utils.translation import gettext_lazy as _

from desabinaan.lib.workflow.transitions import Table, Transition
from villages.outreach.models import OutreachActivity

_ACTIVITY = OutreachActivity.Status

OUTREACH: Table = {
    "record": Transition(
        frozenset({_ACTIVITY.PLANNED}),
        _ACTIVITY.DONE,
        "outreach.change",
        _("Record the outcome"),
    ),
    "correct": Transition(
        frozenset({_ACTIVITY.DONE}),
        _ACTIVITY.DONE,
        "outreach.change",
        _("Correct the record"),
    ),
    "cancel": Transition(
        frozenset({_ACTIVITY.PLANNED}),
        _ACTIVITY.CANCELLED,
        "outreach.change",
        _("Cancel the activity"),
    ),
}

#: phase of a test -> its word in the URL
PHASE_SLUGS = {"before": "sebelum", "after": "sesudah"}

OUTREACH_BADGE_STYLES = {
    _ACTIVITY.PLANNED: "waiting",
    _ACTIVITY.DONE: "done",
    _ACTIVITY.CANCELLED: "quiet",
}
