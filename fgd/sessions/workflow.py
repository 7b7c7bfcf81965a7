"""Transitions of a session, and what its state forbids."""

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.tags import in_zone, local_time
from desabinaan.lib.workflow.changes import last_change
from desabinaan.lib.workflow.transitions import IllegalTransition, Table, Transition
from fgd.sessions.models import Session

_S = Session.Status

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
    "undo_opening": Transition(
        frozenset({_S.IN_PROGRESS}),
        _S.INVITED,
        "session.change",
        _("Undo the opening"),
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

#: verb of an event row -> its text in a timeline
SESSION_EVENT_LABELS: dict[str, StrOrPromise] = {
    "create": _("Session planned"),
    "change": _("Session changed"),
    "announce": _("Session announced"),
    "open": _("Session opened"),
    "undo_opening": _("Opening undone"),
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
    "merge_delegates": _("Duplicate delegates merged"),
    "merge_agency": _("Agency merged into another"),
    "record_attendance": _("Attendance recorded"),
    "write_minutes": _("Minutes written"),
    "change_agreements": _("Recommendations and actions changed"),
}

#: state -> style of its badge (tag `badge`)
SESSION_BADGE_STYLES = {
    _S.DRAFT: "quiet",
    _S.INVITED: "waiting",
    _S.IN_PROGRESS: "moving",
    _S.FINALISED: "done",
    _S.CANCELLED: "quiet",
}


def refuse_locked(session: Session) -> None:
    """IllegalTransition when the session is final or cancelled, saying by whom."""
    if not session.is_locked:
        return
    sentence = (
        gettext("This session is final. It can no longer be changed.")
        if session.is_final
        else gettext("This session was cancelled. Nothing was changed.")
    )
    who, when = last_change(session, session.status)
    if who and when:
        sentence += f" ({who}, {local_time(when)})"
    raise IllegalTransition(sentence)


def refuse_not_running(session: Session) -> None:
    """IllegalTransition unless the session is in progress."""
    refuse_locked(session)
    if session.status != _S.IN_PROGRESS:
        raise IllegalTransition(
            gettext("The session has not begun yet. Open the session first.")
        )


def refuse_before_it_begins(session: Session) -> None:
    """IllegalTransition while the minutes cannot be final: before the session begins.

    A session may be opened and written before; `Session.has_begun` is the same rule for
    pages that offer the step.
    """
    if not session.has_begun:
        raise IllegalTransition(
            gettext(
                "The minutes cannot be finalised before the session begins, "
                "on %(when)s."
            )
            % {"when": in_zone(session.starts_at, session.office.zone)}
        )


def takes_attendance(session: Session) -> bool:
    """Whether people can be marked present: on its day, or once it is open.

    People sign the list before the session is opened, so its day is enough.
    """
    if session.status == _S.INVITED:
        return not session.is_ahead
    return session.status == _S.IN_PROGRESS


def refuse_before_its_day(session: Session) -> None:
    """IllegalTransition while nobody can be present (`takes_attendance`)."""
    refuse_locked(session)
    if takes_attendance(session):
        return
    if session.status == _S.DRAFT:
        raise IllegalTransition(
            gettext(
                "This session is a draft. Announce or open it before you mark who is "
                "present."
            )
        )
    raise IllegalTransition(
        gettext("Attendance can be marked from %(day)s, the day of the session.")
        % {"day": date_format(session.first_day, "DATE_FORMAT")}
    )


def is_transition_available(verb: str, session: Session) -> bool:
    """Whether the session's state allows the verb."""
    return session.status in SESSION[verb].sources
