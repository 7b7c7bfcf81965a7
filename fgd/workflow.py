"""The states of a session and of an action, as tables, and what a state forbids."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.transitions import IllegalTransition, Table, Transition
from fgd.models import Action, Session

_S = Session.Status
_A = Action.Status

SESSION: Table = {
    "announce": Transition(
        frozenset({_S.DRAFT}), _S.INVITED, "session.change", _("Announce the session")
    ),
    "open": Transition(
        frozenset({_S.DRAFT, _S.INVITED}),
        _S.IN_PROGRESS,
        "session.change",
        _("Open the session"),
    ),
    "finalise": Transition(
        frozenset({_S.IN_PROGRESS}),
        _S.FINALISED,
        "session.finalise",
        _("Finalise the minutes"),
    ),
    "cancel": Transition(
        frozenset({_S.DRAFT, _S.INVITED}),
        _S.CANCELLED,
        "session.cancel",
        _("Cancel the session"),
    ),
}

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

#: verb of an event row -> what it says in a timeline
SESSION_DEEDS: dict[str, StrOrPromise] = {
    "create": _("Session planned"),
    "change": _("Session changed"),
    "announce": _("Session announced"),
    "open": _("Session opened"),
    "finalise": _("Minutes made final"),
    "cancel": _("Session cancelled"),
    "change_agenda": _("Rundown changed"),
    "change_topics": _("Topics changed"),
    "invite": _("Parties invited"),
    "change_invitation": _("Invitation changed"),
    "withdraw_invitation": _("Invitation withdrawn"),
    "add_delegates": _("Delegates added"),
    "change_delegate": _("Delegate changed"),
    "remove_delegate": _("Delegate removed"),
    "merge_delegates": _("Two rows of one delegate made one"),
    "merge_agency": _("Agency goes on under another name"),
    "record_attendance": _("Attendance recorded"),
    "write_minutes": _("Minutes written"),
    "change_agreements": _("Recommendations and actions changed"),
}
ACTION_DEEDS: dict[str, StrOrPromise] = {
    "agree": _("Action agreed"),
    "start": _("Action started"),
    "progress": _("Progress reported"),
    "evidence_added": _("Evidence added"),
    "evidence_withdrawn": _("Evidence withdrawn"),
    "village_done": _("Done in a village"),
    "village_waived": _("Waived in a village"),
    "report_done": _("Reported done"),
    "return": _("Returned with a reason"),
    "verify": _("Verified"),
    "cancel": _("Action cancelled"),
    "merge_agency": _("Agency goes on under another name"),
}

#: state -> tone of its badge (tag `badge`)
SESSION_TONES = {
    _S.DRAFT: "quiet",
    _S.INVITED: "waiting",
    _S.IN_PROGRESS: "moving",
    _S.FINALISED: "done",
    _S.CANCELLED: "quiet",
}
ACTION_TONES = {
    _A.NOT_STARTED: "quiet",
    _A.IN_PROGRESS: "moving",
    _A.REPORTED_DONE: "waiting",
    _A.VERIFIED_DONE: "done",
    _A.CANCELLED: "quiet",
}


def refuse_locked(session: Session) -> None:
    """IllegalTransition once nothing of the session may change any more."""
    if session.is_final:
        raise IllegalTransition(
            gettext("This session is final. What was recorded stays as it is.")
        )
    if session.is_locked:
        raise IllegalTransition(
            gettext("This session was cancelled. Nothing was changed.")
        )


def refuse_not_running(session: Session) -> None:
    """IllegalTransition unless people sit at the table."""
    refuse_locked(session)
    if session.status != _S.IN_PROGRESS:
        raise IllegalTransition(
            gettext("The session has not begun yet. Open the session first.")
        )


def step_possible(verb: str, session: Session) -> bool:
    """Whether the session's state allows the verb."""
    return session.status in SESSION[verb].sources
