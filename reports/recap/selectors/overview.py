"""A village on one page: what an officer reads before a visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, may
from desabinaan.lib.timeline import Entry, Month, by_month
from fgd.models import Action, Session
from fgd.querysets import OPEN_ACTION
from fgd.selectors.sessions import sessions_of_village
from fgd.workflow import ACTION_TONES, SESSION_TONES
from reports.followup.selectors.plan import actions_of_village
from reports.followup.selectors.waiting import timeline_of as timeline_of_progress
from reports.monthly.selectors import strip_of
from reports.monthly.selectors import timeline_of as timeline_of_reports
from reports.recap.selectors.village_file import (
    Paper,
    contacts_of,
    latest_decree,
    papers_of,
    schemes_of,
)
from reports.recap.selectors.village_visits import Activities, visits_in
from villages.models import Assignment, Village
from villages.selectors import assignments_of, parted_by_today
from villages.selectors import timeline_of as timeline_of_record
from villages.selectors.vulnerability import verdict_of
from villages.selectors.vulnerability_words import Judgement

LINES = 60
#: So many lines stand open and are printed: with the rest they fill one A4.
RECENT = 4
SESSIONS_SHOWN = 5
ACTIONS_READ = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """The parts of a village's page; a part out of the reader's sight is None."""

    village: Village
    decree: dict[str, Any] | None
    schemes: Sequence[str]
    officers: Sequence[Assignment]
    papers: Sequence[Paper]
    contacts: Sequence[dict[str, str]] | None
    strip: Sequence[dict[str, str]] | None
    visits: Activities | None
    verdict: Judgement | None
    actions: Sequence[dict[str, Any]]
    sessions: Sequence[dict[str, Any]]
    recent: Sequence[Month]
    earlier: Sequence[Month]


def overview_of(village: Village, user: Actor) -> Overview:
    """Each part only if the reader may see it; eleven queries at most."""
    reads_reports = may(user, "report.view", village)
    actions = list(_actions(village, user))
    sessions = list(_sessions(village, user))
    visits = visits_in(village) if may(user, "outreach.view", village) else None
    reported = timeline_of_reports(village, 2 * LINES) if reads_reports else []
    lines = _timeline(
        timeline_of_record(village),
        [_session_entry(row) for row in sessions if row.starts_at <= timezone.now()],
        _verified_entries(actions),
        _latest_of_each(reported),
        timeline_of_progress(village, LINES) if actions else (),
        visits.entries if visits else (),
    )
    served = list(assignments_of(village))
    return Overview(
        village=village,
        decree=latest_decree(village),
        schemes=schemes_of(village),
        officers=_serving_today(served),
        papers=papers_of(village, served),
        contacts=contacts_of(village) if _reads_contacts(village, user) else None,
        strip=strip_of(village) if reads_reports else None,
        visits=visits,
        verdict=verdict_of(village) if _judges(village, user) else None,
        actions=[_told(row) for row in actions if row.status in OPEN_ACTION],
        sessions=[_held(row) for row in sessions[:SESSIONS_SHOWN]],
        recent=by_month(lines[:RECENT]),
        earlier=by_month(lines[RECENT:]),
    )


def _reads_contacts(village: Village, user: Actor) -> bool:
    return may(user, "village.view_contacts", village)


def _judges(village: Village, user: Actor) -> bool:
    return may(user, "vulnerability.view", village)


def _serving_today(served: Iterable[Assignment]) -> list[Assignment]:
    """Who serves here today, PIMPASA first."""
    return sorted(parted_by_today(served).now, key=lambda one: (one.role, one.pk))


def _actions(village: Village, user: Actor) -> QuerySet[Action]:
    return actions_of_village(user, village).select_related("lead_agency")[
        :ACTIONS_READ
    ]


def _sessions(village: Village, user: Actor) -> QuerySet[Session]:
    in_sight = Session.objects.visible_to(user)
    rows = sessions_of_village(village).filter(pk__in=in_sight.values("pk"))
    return rows.defer("search", "purpose")[: 2 * SESSIONS_SHOWN]


def _told(action: Action) -> dict[str, Any]:
    is_late = action.is_overdue()
    return {
        "title": action.title,
        "url": reverse("followup:action_detail", kwargs={"pk": action.pk}),
        "lead": action.lead_agency,
        "due_on": action.due_on,
        "percent": action.percent,
        "tone": "late" if is_late else ACTION_TONES[Action.Status(action.status)],
        "state": _("overdue") if is_late else action.get_status_display(),
    }


def _held(session: Session) -> dict[str, Any]:
    return {
        "theme": session.theme,
        "url": reverse("fgd:session_detail", kwargs={"pk": session.pk}),
        "starts_at": session.starts_at,
        "venue": session.venue,
        "host": session.office,
        "tone": SESSION_TONES[Session.Status(session.status)],
        "state": session.get_status_display(),
    }


# --- Timeline ----------------------------------------------------------------


def _timeline(*parts: Iterable[Entry]) -> list[Entry]:
    """The newest lines of all parts; of a month's report only its latest deed."""
    entries = [entry for part in parts for entry in part]
    entries.sort(key=lambda entry: entry.when, reverse=True)
    return entries[:LINES]


def _latest_of_each(entries: Iterable[Entry]) -> list[Entry]:
    """Newest first: the first line of every address."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        latest.setdefault(entry.url, entry)
    return list(latest.values())


def _session_entry(session: Session) -> Entry:
    told = _("FGD held: %(theme)s")
    if session.status == Session.Status.IN_PROGRESS:
        told = _("FGD under way: %(theme)s")
    return Entry(
        when=session.starts_at,
        who=str(session.office),
        what=told % {"theme": session.theme},
        url=reverse("fgd:session_detail", kwargs={"pk": session.pk}),
        icon="users",
    )


def _verified_entries(actions: Iterable[Action]) -> list[Entry]:
    return [
        Entry(
            when=action.verified_at,
            who=str(action.lead_agency),
            what=_("Action verified: %(title)s") % {"title": action.title},
            url=reverse("followup:action_detail", kwargs={"pk": action.pk}),
            icon="circle-check",
        )
        for action in actions
        if action.verified_at
    ]
