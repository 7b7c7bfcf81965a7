"""The stepper of a session, and its next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.lib.web.tags import in_zone
from fgd.sessions.models import Session, SessionEvent

STATE = Session.Status


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next thing to do; `url_name` is its page, or its POST route."""

    text: str
    label: str
    url_name: str
    is_post: bool = False


def process_of(
    session: Session, events: Sequence[SessionEvent]
) -> list[dict[str, str | None]]:
    """Return the states with their days, for components/stepper.html.

    Who does not read the history (no `events`) sees no days.
    """
    days = {
        event.to_status: event.occurred_at
        for event in events
        if event.to_status != event.from_status
    }
    steps = [STATE.DRAFT, STATE.INVITED, STATE.IN_PROGRESS, STATE.FINALISED]
    if session.status == STATE.CANCELLED:
        steps = [STATE.DRAFT, STATE.CANCELLED]
    position = steps.index(STATE(session.status))
    if planned := [event.occurred_at for event in events if event.verb == "create"]:
        days.setdefault(STATE.DRAFT, planned[0])
    return [
        {
            "label": str(step.label).capitalize(),
            "sub": _day(days.get(step)) if place <= position else "",
            "url": None,
            "state": _step_state(place, position, closed=session.is_locked),
        }
        for place, step in enumerate(steps)
    ]


def next_step(session: Session) -> NextStep | None:
    """Return the next step for the host; None once the session is locked."""
    if session.status == STATE.IN_PROGRESS:
        return _next_step_in_progress(session)
    if session.status == STATE.DRAFT:
        return _next_step_of_draft(session)
    if session.status == STATE.INVITED:
        return _next_step_after_invitation(session)
    return None


def _next_step_of_draft(session: Session) -> NextStep:
    counts = _counts(session)
    if not counts["topic"]:
        return _topics_step(_("Write down what the session will talk about."))
    if not counts["invitation"]:
        return NextStep(
            _("Choose the agencies and villages to invite."),
            _("Invite agencies and villages"),
            "participants:session_participants",
        )
    return NextStep(
        _("The invited see the session once it is announced."),
        _("Announce the session"),
        "sessions:session_announce",
        is_post=True,
    )


def _next_step_after_invitation(session: Session) -> NextStep:
    if session.is_ahead:
        return NextStep(
            _("Enter the delegates of each agency and village."),
            _("Add delegates"),
            "participants:session_participants",
        )
    return NextStep(
        _("Minutes and agreements can be written once the session is open."),
        _("Open the session"),
        "sessions:session_open",
        is_post=True,
    )


def _next_step_in_progress(session: Session) -> NextStep:
    missing = missing_of(session)
    if missing:
        return missing[0]
    if not session.has_begun:
        return NextStep(
            _("Everything is written. The minutes can become final from %(when)s on.")
            % {"when": in_zone(session.starts_at, session.office.zone)},
            _("See what was agreed"),
            "plan:session_agreements",
        )
    return NextStep(
        _("Everything is written. The minutes can become final."),
        _("Finalise the minutes"),
        "plan:session_finalise",
    )


def missing_of(session: Session) -> list[NextStep]:
    """Return what is still to be written in an open session, for all its pages.

    `session` carries the counts of `with_counts`.
    """
    counts = _counts(session)
    topics, villages = counts["unwritten"], counts["undecided"]
    recommendations = counts["without_action"]
    steps = (
        (not counts["topic"], _topics_step(_("The session has no topic."))),
        (
            not counts["present"],
            NextStep(
                _("Nobody is marked present."),
                _("Record the attendance"),
                "participants:session_participants",
            ),
        ),
        (topics, _minutes_step(topics)),
        (villages, _outcomes_step(villages)),
        (
            not counts["recommendation"],
            NextStep(
                _("No recommendation of the session is written."),
                _("Add recommendations"),
                "plan:session_agreements",
            ),
        ),
        (recommendations, _actions_step(recommendations)),
    )
    return [step for is_missing, step in steps if is_missing]


def opening_question(session: Session) -> dict[str, str]:
    """Return the question before a session is opened, for `confirmation_page`."""
    question = _("Open the session now?")
    explanation = _(
        "Attendance and minutes can be written once it is open. As long as nothing is "
        "written you can undo this."
    )
    if session.is_ahead:
        day = {"day": date_format(session.first_day, "DATE_FORMAT")}
        question = _("The session begins on %(day)s. Open it today already?") % day
        explanation = _(
            "Attendance and minutes can be written once it is open. The minutes can "
            "become final from %(day)s on. As long as nothing is written you can undo "
            "this."
        )
        explanation = explanation % day
    return {
        "title": _("Open the session"),
        "question": question,
        "explanation": explanation,
        "submit_label": _("Open the session"),
    }


def _topics_step(text: str) -> NextStep:
    return NextStep(text, _("Add topics"), "sessions:session_topics")


def _minutes_step(topics: int) -> NextStep:
    text = ngettext(
        "%(count)s topic has no minutes.", "%(count)s topics have no minutes.", topics
    )
    label = _("Write the minutes")
    return NextStep(text % {"count": topics}, label, "minutes:session_minutes")


def _outcomes_step(villages: int) -> NextStep:
    text = ngettext(
        "For %(count)s village it is open whether its case was discussed.",
        "For %(count)s villages it is open whether their case was discussed.",
        villages,
    )
    label = _("See the topics")
    return NextStep(text % {"count": villages}, label, "sessions:session_topics")


def _actions_step(recommendations: int) -> NextStep:
    text = ngettext(
        "%(count)s recommendation has no action.",
        "%(count)s recommendations have no action.",
        recommendations,
    )
    label = _("Add actions")
    return NextStep(text % {"count": recommendations}, label, "plan:session_agreements")


def _counts(session: Session) -> dict[str, int]:
    """Return the counts annotated by `with_counts`, by name."""
    attributes = session.__dict__.items()
    return {name[:-6]: value for name, value in attributes if name.endswith("_count")}


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def _step_state(place: int, position: int, *, closed: bool) -> str:
    if place < position or (place == position and closed):
        return "done"
    return "current" if place == position else "todo"
