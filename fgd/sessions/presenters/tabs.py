"""The tabs of a session, each a page of its own."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from fgd.sessions.models import Session
from fgd.sessions.selectors.session_access import SessionAccess


@dataclass(frozen=True, slots=True)
class SessionTab:
    """One tab; `counts` names an annotation of `with_counts`."""

    key: str
    label: StrOrPromise
    url_name: str
    counts: str = ""
    is_outcome: bool = False


TABS = (
    SessionTab("summary", _("Summary"), "sessions:session_detail"),
    SessionTab("agenda", _("Rundown"), "sessions:session_agenda", "agenda_count"),
    SessionTab("topics", _("Topics"), "sessions:session_topics", "topic_count"),
    SessionTab(
        "participants",
        _("Participants"),
        "participants:session_participants",
        "delegate_count",
    ),
    SessionTab(
        "minutes", _("Minutes"), "minutes:session_minutes", "minutes_count", True
    ),
    SessionTab(
        "agreements", _("Agreements"), "plan:session_agreements", "action_count", True
    ),
)


def session_tabs(
    session: Session, current: str, reads: SessionAccess
) -> list[dict[str, object]]:
    """Return the tabs for components/tabs.html; `current` is a key of TABS.

    Users who may not read the outcome get no tab for it, and users who do not read
    the whole session get no number of participants.
    """
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[session.pk]),
            "current": tab.key == current,
            "count": _count(session, tab, reads),
        }
        for tab in TABS
        if reads.outcome or not tab.is_outcome
    ]


def _count(session: Session, tab: SessionTab, reads: SessionAccess) -> object:
    is_shown = reads.whole or tab.key != "participants"
    return getattr(session, tab.counts, "") if tab.counts and is_shown else ""
