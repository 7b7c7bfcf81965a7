"""Transitions of an action, and what its state forbids."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.workflow.transitions import (
    IllegalTransition,
    Table,
    Transition,
    check_transition,
)
from fgd.plan.models import Action, ActionVillage

_A = Action.Status
_V = ActionVillage.Status
OPEN_VILLAGE = frozenset({_V.PENDING, _V.WAIVER_REQUESTED})
CLOSED = frozenset({_A.VERIFIED_DONE, _A.CANCELLED})

ACTION: Table = {
    "start": Transition(
        frozenset({_A.NOT_STARTED}), _A.IN_PROGRESS, "action.report", _("Start")
    ),
    "report_done": Transition(
        frozenset({_A.NOT_STARTED, _A.IN_PROGRESS}),
        _A.REPORTED_DONE,
        "action.report",
        _("Report it done"),
    ),
    "return": Transition(
        frozenset({_A.REPORTED_DONE}),
        _A.IN_PROGRESS,
        "action.verify",
        _("Return with a reason"),
    ),
    "verify": Transition(
        frozenset({_A.REPORTED_DONE}),
        _A.VERIFIED_DONE,
        "action.verify",
        _("Verify"),
    ),
    "cancel": Transition(
        frozenset({_A.NOT_STARTED, _A.IN_PROGRESS}),
        _A.CANCELLED,
        "action.cancel",
        _("Cancel the action"),
    ),
}
#: an action in one of its villages
ACTION_VILLAGE: Table = {
    "village_done": Transition(
        frozenset({_V.PENDING, _V.WAIVER_REQUESTED, _V.WAIVED}),
        _V.DONE,
        "action.report",
        _("Mark it as done"),
    ),
    "waiver_requested": Transition(
        frozenset({_V.PENDING, _V.DONE}),
        _V.WAIVER_REQUESTED,
        "action.report",
        _("Ask for a waiver"),
    ),
    "waiver_corrected": Transition(
        frozenset({_V.WAIVER_REQUESTED}),
        _V.WAIVER_REQUESTED,
        "action.report",
        _("Correct the request"),
    ),
    "waiver_withdrawn": Transition(
        frozenset({_V.WAIVER_REQUESTED}),
        _V.PENDING,
        "action.report",
        _("Withdraw the request"),
    ),
    "village_waived": Transition(
        frozenset({_V.WAIVER_REQUESTED}),
        _V.WAIVED,
        "action.decide_waiver",
        _("Grant the waiver"),
    ),
    "waiver_declined": Transition(
        frozenset({_V.WAIVER_REQUESTED}),
        _V.PENDING,
        "action.decide_waiver",
        _("Decline the waiver"),
    ),
}
#: steps that are no transition of their own, as refusals name them
SEND_PROGRESS, SETTLE_VILLAGE = _("Send progress"), _("Settle")
DECIDE_WAIVER = _("Decide about the waiver")
#: what a village without a request is called in a refusal, once it had one
_DECLINED, _WITHDRAWN = _("request declined"), _("request withdrawn")
#: what supporters and the village report, and what only the lead asks for besides
VILLAGE_STEPS = ("village_done",)
LEAD_STEPS = (
    *VILLAGE_STEPS, "waiver_requested", "waiver_corrected", "waiver_withdrawn",
)  # fmt: skip
#: verb of an event row -> its text in a timeline
ACTION_EVENT_LABELS: dict[str, StrOrPromise] = {
    "agree": _("Action agreed"),
    "start": _("Action started"),
    "progress": _("Progress reported"),
    "evidence_added": _("Evidence added"),
    "evidence_withdrawn": _("Evidence withdrawn"),
    "village_done": _("Done in a village"),
    "waiver_requested": _("Waiver requested for a village"),
    "waiver_corrected": _("Request of a waiver corrected for a village"),
    "waiver_withdrawn": _("Request of a waiver withdrawn for a village"),
    "village_waived": _("Waiver granted for a village"),
    "waiver_declined": _("Waiver declined for a village"),
    "report_done": _("Reported done"),
    "return": _("Returned with a reason"),
    "verify": _("Verified"),
    "cancel": _("Action cancelled"),
    "merge_agency": _("Agency merged into another"),
}
#: shown for an action in progress that was returned, until something new is reported
RETURNED = "returned"
ACTION_STATE_LABELS: dict[str, StrOrPromise] = {
    **dict(_A.choices),
    RETURNED: _("returned"),
}
#: shown state -> style of its badge (tag `badge`)
ACTION_BADGE_STYLES: dict[str, str] = {
    RETURNED: "late",
    _A.NOT_STARTED: "quiet",
    _A.IN_PROGRESS: "moving",
    _A.REPORTED_DONE: "waiting",
    _A.VERIFIED_DONE: "done",
    _A.CANCELLED: "quiet",
}


def shown_state(status: str, return_reason: str) -> str:
    """Return the state as pages and files show it, a key of ACTION_STATE_LABELS."""
    return RETURNED if return_reason and status == _A.IN_PROGRESS else status


def check_action(action: Action, verb: str, *, label: StrOrPromise = "") -> Transition:
    """Return the row of `verb`; IllegalTransition names the state as pages show it.

    `label` names the step that somebody took, where it is not this transition itself.
    """
    shown = shown_state(action.status, action.return_reason)
    state = ACTION_STATE_LABELS[shown]
    return check_transition(
        ACTION, verb, action.status, action, label=label, state=state
    )


def village_steps(place: ActionVillage, *, for_lead: bool) -> list[str]:
    """Return the verbs of ACTION_VILLAGE by which the village may be settled now."""
    steps = LEAD_STEPS if for_lead else VILLAGE_STEPS
    return [verb for verb in steps if place.status in ACTION_VILLAGE[verb].sources]


def check_settling(place: ActionVillage, *, for_lead: bool) -> None:
    """IllegalTransition when no step is left by which the village may be settled."""
    if not village_steps(place, for_lead=for_lead):
        check_village(place, "village_done")


def check_waiver(place: ActionVillage) -> None:
    """IllegalTransition unless a waiver is requested, about which one decides."""
    check_village(place, "village_waived", label=DECIDE_WAIVER)


def check_village(
    place: ActionVillage, verb: str, *, label: StrOrPromise = ""
) -> Transition:
    """Return the row of `verb`; IllegalTransition says what became of a request."""
    state: StrOrPromise = ""
    if place.status == _V.PENDING and place.changed_by:
        # A village is open again only after its request was declined or withdrawn.
        state = _DECLINED if place.decided_by else _WITHDRAWN
    return check_transition(
        ACTION_VILLAGE, verb, place.status, place, label=label, state=state
    )


def refuse_unagreed(action: Action) -> None:
    """IllegalTransition until the minutes of its session are final."""
    if not action.is_agreed:
        raise IllegalTransition(
            gettext(
                "This action is not agreed yet. Finalise the minutes of its FGD first."
            )
        )


def refuse_unless_moving(action: Action, label: StrOrPromise) -> None:
    """IllegalTransition unless progress can be reported: agreed and not yet done.

    It names the step `label` that somebody took.
    """
    refuse_unagreed(action)
    check_action(action, "report_done", label=label)


def why_incomplete(action: Action) -> tuple[str, str] | None:
    """Return code and sentence of the first thing missing before it can be done."""
    if action.return_reason:
        return "nothing_new", gettext(
            "This action was returned. The lead agency first reports what is new: "
            "progress or evidence."
        )
    if not action.evidence_count:
        return "no_evidence", gettext("Add evidence before you report it done.")
    if not action.villages_open:
        return None
    if action.action_villages.filter(status=_V.PENDING).exists():
        return "villages_open", gettext(
            "Some villages are still open. Mark each as done, "
            "or ask for a waiver with a reason."
        )
    return "waiver_waits", gettext(
        "A waiver waits for the decision of immigration staff. "
        "The action can be reported done after it."
    )


def waits_for_decision(action: Action) -> bool:
    """Whether nothing but a decision about waivers is missing."""
    missing = why_incomplete(action)
    return missing is not None and missing[0] == "waiver_waits"


def refuse_incomplete(action: Action) -> None:
    """IllegalTransition while something is missing before it can be reported done."""
    refuse_unless_moving(action, ACTION["report_done"].label)
    if missing := why_incomplete(action):
        raise IllegalTransition(missing[1])


def refuse_closed(action: Action) -> None:
    """IllegalTransition when evidence can no longer be added."""
    refuse_unagreed(action)
    if action.status in CLOSED:
        raise IllegalTransition(
            gettext("This action is closed. Its evidence stays as it is.")
        )
