"""The states of a fostered village, an account request and an activity, as tables."""

from django.utils.translation import gettext_lazy as _

from desabinaan.lib.transitions import Table, Transition
from villages.models import (
    AccountRequest,
    Designation,
    FigureImport,
    GuardedDeed,
    OutreachActivity,
    Village,
    VillageImport,
    VulnerabilityModel,
)

_STATE = Village.Status
_DECREE = Designation.Verb
_ACTIVITY = OutreachActivity.Status
_MODEL = VulnerabilityModel.Status
_IMPORT = VillageImport.Status

VILLAGE: Table = {
    _DECREE.DESIGNATE.value: Transition(
        frozenset({_STATE.PROPOSED, _STATE.DROPPED, _STATE.REVOKED}),
        _STATE.DESIGNATED,
        "village.designate",
        _("Designate by decree"),
    ),
    _DECREE.DEACTIVATE.value: Transition(
        frozenset({_STATE.DESIGNATED}),
        _STATE.INACTIVE,
        "village.designate",
        _("Make inactive"),
    ),
    _DECREE.REACTIVATE.value: Transition(
        frozenset({_STATE.INACTIVE}),
        _STATE.DESIGNATED,
        "village.designate",
        _("Make active again"),
    ),
    _DECREE.REVOKE.value: Transition(
        frozenset({_STATE.DESIGNATED, _STATE.INACTIVE}),
        _STATE.REVOKED,
        "village.designate",
        _("Revoke the designation"),
    ),
}

PROPOSAL: Table = {
    "propose": Transition(
        frozenset({_STATE.DROPPED}),
        _STATE.PROPOSED,
        "village.propose",
        _("Propose again"),
    ),
    "withdraw": Transition(
        frozenset({_STATE.PROPOSED}),
        _STATE.DROPPED,
        "village.propose",
        _("Withdraw the proposal"),
    ),
    "decline": Transition(
        frozenset({_STATE.PROPOSED}),
        _STATE.DROPPED,
        "village.designate",
        _("Decline the proposal"),
    ),
}

ACCOUNT_REQUEST: Table = {
    "approve": Transition(
        frozenset({AccountRequest.Status.REQUESTED}),
        AccountRequest.Status.APPROVED,
        "account.approve",
        _("Approve the account"),
    ),
    "decline": Transition(
        frozenset({AccountRequest.Status.REQUESTED}),
        AccountRequest.Status.DECLINED,
        "account.approve",
        _("Decline the request"),
    ),
}

OUTREACH: Table = {
    "record": Transition(
        frozenset({_ACTIVITY.PLANNED}),
        _ACTIVITY.DONE,
        "outreach.change",
        _("Record what was held"),
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

GUARDED_DEED: Table = {
    "confirm": Transition(
        frozenset({GuardedDeed.Status.ASKED}),
        GuardedDeed.Status.CONFIRMED,
        "account.second",
        _("Confirm as second person"),
    ),
    "decline": Transition(
        frozenset({GuardedDeed.Status.ASKED}),
        GuardedDeed.Status.DECLINED,
        "account.second",
        _("Decline"),
    ),
}

VULNERABILITY_MODEL: Table = {
    "weigh": Transition(
        frozenset({_MODEL.DRAFT}),
        _MODEL.DRAFT,
        "vulnerability.weigh",
        _("Change the weights"),
    ),
    "propose": Transition(
        frozenset({_MODEL.DRAFT}),
        _MODEL.PROPOSED,
        "vulnerability.weigh",
        _("Propose this model"),
    ),
    "return": Transition(
        frozenset({_MODEL.PROPOSED}),
        _MODEL.DRAFT,
        "vulnerability.weigh",
        _("Return to the draft"),
    ),
    "put_in_force": Transition(
        frozenset({_MODEL.PROPOSED}),
        _MODEL.IN_FORCE,
        "vulnerability.weigh",
        _("Put in force"),
    ),
    "replace": Transition(
        frozenset({_MODEL.IN_FORCE}),
        _MODEL.REPLACED,
        "vulnerability.weigh",
        _("Replace by the next model"),
    ),
}

VILLAGE_IMPORT: Table = {
    "preview": Transition(
        frozenset({_IMPORT.UPLOADED, _IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.PREVIEWED,
        "village.import",
        _("Look over the rows"),
    ),
    "mend": Transition(
        frozenset({_IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.PREVIEWED,
        "village.import",
        _("Mend a row"),
    ),
    "apply": Transition(
        frozenset({_IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.APPLYING,
        "village.import",
        _("Take over into the register"),
    ),
    "retry": Transition(
        frozenset({_IMPORT.APPLYING}),
        _IMPORT.APPLYING,
        "village.import",
        _("Begin again"),
    ),
    "finish": Transition(
        frozenset({_IMPORT.APPLYING}),
        _IMPORT.APPLIED,
        "village.import",
        _("Taken over"),
    ),
    "fail": Transition(
        frozenset({_IMPORT.APPLYING}),
        _IMPORT.FAILED,
        "village.import",
        _("Not taken over"),
    ),
    "discard": Transition(
        frozenset({_IMPORT.UPLOADED, _IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.DISCARDED,
        "village.import",
        _("Discard the list"),
    ),
}

#: verb -> its word in an address
DECREE_WORDS = {
    _DECREE.DESIGNATE.value: "tetapkan",
    _DECREE.DEACTIVATE.value: "nonaktifkan",
    _DECREE.REACTIVATE.value: "aktifkan",
    _DECREE.REVOKE.value: "cabut",
}

#: round of a test -> its word in an address
MOMENT_WORDS = {"before": "sebelum", "after": "sesudah"}

#: state -> tone of its badge (templates/components, tag `badge`)
VILLAGE_TONES = {
    _STATE.PROPOSED: "waiting",
    _STATE.DESIGNATED: "done",
    _STATE.INACTIVE: "quiet",
    _STATE.REVOKED: "late",
    _STATE.DROPPED: "quiet",
}
REQUEST_TONES = {
    AccountRequest.Status.REQUESTED: "waiting",
    AccountRequest.Status.APPROVED: "done",
    AccountRequest.Status.DECLINED: "late",
}
OUTREACH_TONES = {
    _ACTIVITY.PLANNED: "waiting",
    _ACTIVITY.DONE: "done",
    _ACTIVITY.CANCELLED: "quiet",
}
MODEL_TONES = {
    _MODEL.DRAFT: "quiet",
    _MODEL.PROPOSED: "waiting",
    _MODEL.IN_FORCE: "done",
    _MODEL.REPLACED: "quiet",
}
VILLAGE_IMPORT_TONES = {
    _IMPORT.UPLOADED: "waiting",
    _IMPORT.PREVIEWED: "waiting",
    _IMPORT.APPLYING: "moving",
    _IMPORT.APPLIED: "done",
    _IMPORT.FAILED: "late",
    _IMPORT.DISCARDED: "quiet",
}
GUARDED_TONES = {
    GuardedDeed.Status.ASKED: "waiting",
    GuardedDeed.Status.CONFIRMED: "done",
    GuardedDeed.Status.DECLINED: "late",
}
IMPORT_TONES = {
    FigureImport.Status.LOOKED_OVER: "waiting",
    FigureImport.Status.WAITING: "moving",
    FigureImport.Status.APPLIED: "done",
    FigureImport.Status.REFUSED: "late",
}
