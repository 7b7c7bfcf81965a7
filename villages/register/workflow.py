"""Transitions of a village: by decree, and of its proposal."""

from django.utils.translation import gettext_lazy as _

from desabinaan.lib.workflow.transitions import Table, Transition
from villages.register.models import Designation, Village

_STATE = Village.Status
_DECREE = Designation.Verb

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

#: verb -> its word in a URL
DECREE_WORDS = {
    _DECREE.DESIGNATE.value: "tetapkan",
    _DECREE.DEACTIVATE.value: "nonaktifkan",
    _DECREE.REACTIVATE.value: "aktifkan",
    _DECREE.REVOKE.value: "cabut",
}

#: state -> style of its badge (template tag `badge`)
VILLAGE_BADGE_STYLES = {
    _STATE.PROPOSED: "waiting",
    _STATE.DESIGNATED: "done",
    _STATE.INACTIVE: "quiet",
    _STATE.REVOKED: "late",
    _STATE.DROPPED: "quiet",
}
