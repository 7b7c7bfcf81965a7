"""The tabs of a session, each a page of its own."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from fgd.models import Session
from fgd.selectors.reading import Reading


@dataclass(frozen=True, slots=True)
class Tab:
    """`counts` names the count that `with_counts` put on the session."""

    key: str
    label: StrOrPromise
    url_name: str
    counts: str = ""
    is_outcome: bool = False


TABS = (
    Tab("summary", _("Summary"), "fgd:session_detail"),
    Tab("agenda", _("Rundown"), "fgd:session_agenda", "agenda_count"),
    Tab("topics", _("Topics"), "fgd:session_topics", "topic_count"),
    Tab(
        "participants",
        _("Participants"),
        "fgd:session_participants",
        "delegate_count",
    ),
    Tab("minutes", _("Minutes"), "fgd:session_minutes", "minutes_count", True),
    Tab("agreements", _("Agreements"), "fgd:session_agreements", "action_count", True),
)


def session_tabs(
    session: Session, current: str, reads: Reading
) -> list[dict[str, object]]:
    """For components/tabs.html; `current` is a key of TABS.

    What somebody may not read yet has no tab, and others' people are not counted.
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


def _count(session: Session, tab: Tab, reads: Reading) -> object:
    told = reads.whole or tab.key != "participants"
    return getattr(session, tab.counts, "") if tab.counts and told else ""
