"""The stepper of a session, and its next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
    """Return the states with their days, for components/stepper.html."""
    days = {
        event.to_status: event.occurred_at
        for event in events
        if event.to_status != event.from_status
    }
    steps = [STATE.DRAFT, STATE.INVITED, STATE.IN_PROGRESS, STATE.FINALISED]
    if session.status == STATE.CANCELLED:
        steps = [STATE.DRAFT, STATE.CANCELLED]
    position = steps.index(STATE(session.status))
    planned = [event.occurred_at for event in events if event.verb == "create"]
    days.setdefault(STATE.DRAFT, planned[0] if planned else session.created_at)
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
        return NextStep(
            _("Write down what the session will talk about."),
            _("Add topics"),
            "sessions:session_topics",
        )
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
    if timezone.localdate(session.starts_at) > timezone.localdate():
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
    counts = _counts(session)
    steps = (
        (
            "present",
            _("Mark who is present."),
            _("Record the attendance"),
            "participants:session_participants",
        ),
        (
            "minutes",
            _("Write down what was said under each topic."),
            _("Write the minutes"),
            "minutes:session_minutes",
        ),
        (
            "recommendation",
            _("Write down the recommendations of the session."),
            _("Add recommendations"),
            "plan:session_agreements",
        ),
        (
            "action",
            _("Agree who does what by when."),
            _("Add actions"),
            "plan:session_agreements",
        ),
    )
    for name, text, label, url_name in steps:
        if not counts[name]:
            return NextStep(text, label, url_name)
    return NextStep(
        _("Everything is written. The minutes can become final."),
        _("Finalise the minutes"),
        "plan:session_finalise",
    )


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
