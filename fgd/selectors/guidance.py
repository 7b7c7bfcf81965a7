"""Where a session stands, what comes next, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fgd.models import FgdEvent, Session, TopicVillage

STATE = Session.Status


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next thing to do: a sentence, and the page or deed that does it."""

    text: str
    label: str
    url_name: str
    posts: bool = False


def process_of(
    session: Session, events: Sequence[FgdEvent]
) -> list[dict[str, str | None]]:
    """The states as steps of components/chain.html, with the day of each."""
    days = {event.to_status: event.occurred_at for event in events if event.to_status}
    steps = [STATE.DRAFT, STATE.INVITED, STATE.IN_PROGRESS, STATE.FINALISED]
    if session.status == STATE.CANCELLED:
        steps = [STATE.DRAFT, STATE.CANCELLED]
    here = steps.index(STATE(session.status))
    planned = [event.occurred_at for event in events if event.verb == "create"]
    days.setdefault(STATE.DRAFT, planned[0] if planned else session.created_at)
    return [
        {
            "label": str(step.label).capitalize(),
            "sub": _day(days.get(step)) if place <= here else "",
            "url": None,
            "state": _side(place, here, closed=session.is_locked),
        }
        for place, step in enumerate(steps)
    ]


def next_step(session: Session) -> NextStep | None:
    """What whoever runs the session does next; None once it is locked."""
    if session.status == STATE.IN_PROGRESS:
        return _at_the_table(session)
    if session.status == STATE.DRAFT:
        return _before_the_call(session)
    if session.status == STATE.INVITED:
        return _after_the_call(session)
    return None


def missing_for_finalising(session: Session) -> list[tuple[str, str]]:
    """Sentences on what a final session would lack, each with the tab that mends it."""
    topics = session.topics.filter(minutes=None).count()
    recommendations = session.recommendations.filter(actions=None).count()
    undecided = TopicVillage.objects.filter(
        topic__session=session, outcome=TopicVillage.Outcome.OPEN
    ).count()
    present = session.delegates.filter(attendance__isnull=False).exists()
    found = [
        (_nobody_present() if not present else "", "fgd:session_participants"),
        (_silent_topics(topics), "fgd:session_minutes"),
        (_undecided_villages(undecided), "fgd:session_topics"),
        (_bare_recommendations(recommendations), "fgd:session_agreements"),
    ]
    return [(text, tab) for text, tab in found if text]


# --- Before the session ------------------------------------------------------


def _before_the_call(session: Session) -> NextStep:
    counts = _counts(session)
    if not counts["topic"]:
        return NextStep(
            _("Write down what the session will talk about."),
            _("Add topics"),
            "fgd:session_topics",
        )
    if not counts["invitation"]:
        return NextStep(
            _("Choose the agencies and villages that sit at the table."),
            _("Invite agencies and villages"),
            "fgd:session_participants",
        )
    return NextStep(
        _("The invited see the session once it is announced."),
        _("Announce the session"),
        "fgd:session_announce",
        posts=True,
    )


def _after_the_call(session: Session) -> NextStep:
    if timezone.localdate(session.starts_at) > timezone.localdate():
        return NextStep(
            _("Note whom each agency and village sends."),
            _("Add delegates"),
            "fgd:session_participants",
        )
    return NextStep(
        _("Minutes and agreements can be written once the session is open."),
        _("Open the session"),
        "fgd:session_open",
        posts=True,
    )


# --- At the table ------------------------------------------------------------


def _at_the_table(session: Session) -> NextStep:
    counts = _counts(session)
    asks = (
        (
            "present",
            _("Mark who came."),
            _("Record the attendance"),
            "fgd:session_participants",
        ),
        (
            "minutes",
            _("Write down what was said under each topic."),
            _("Write the minutes"),
            "fgd:session_minutes",
        ),
        (
            "recommendation",
            _("Write down what the table recommends."),
            _("Add recommendations"),
            "fgd:session_agreements",
        ),
        (
            "action",
            _("Agree who does what by when."),
            _("Add actions"),
            "fgd:session_agreements",
        ),
    )
    for name, text, label, url_name in asks:
        if not counts[name]:
            return NextStep(text, label, url_name)
    return NextStep(
        _("Everything is written. The minutes can become final."),
        _("Finalise the minutes"),
        "fgd:session_finalise",
    )


def _counts(session: Session) -> dict[str, int]:
    """The counts that `with_counts` put on the session."""
    kept = session.__dict__.items()
    return {name[:-6]: value for name, value in kept if name.endswith("_count")}


# --- Words -------------------------------------------------------------------


def _nobody_present() -> str:
    return _("Nobody is marked present.")


def _silent_topics(count: int) -> str:
    text = ngettext(
        "%(count)s topic has no minutes.", "%(count)s topics have no minutes.", count
    )
    return text % {"count": count} if count else ""


def _undecided_villages(count: int) -> str:
    text = ngettext(
        "For %(count)s village it is open whether its case was discussed.",
        "For %(count)s villages it is open whether their case was discussed.",
        count,
    )
    return text % {"count": count} if count else ""


def _bare_recommendations(count: int) -> str:
    text = ngettext(
        "%(count)s recommendation has no action.",
        "%(count)s recommendations have no action.",
        count,
    )
    return text % {"count": count} if count else ""


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def _side(place: int, here: int, *, closed: bool) -> str:
    if place < here or (place == here and closed):
        return "done"
    return "current" if place == here else "todo"
