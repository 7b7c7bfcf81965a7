"""A village on one page, for an officer to read before a visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, may
from desabinaan.lib.web.timeline import TimelineEntry, TimelineMonth, by_month
from desabinaan.portal.presenters.papers import Paper, papers_of
from desabinaan.portal.selectors.village_file import (
    contacts_of,
    latest_decree,
    schemes_of,
)
from desabinaan.portal.selectors.village_visits import Activities, visits_in
from fgd.plan.models import Action
from fgd.plan.presenters.states import short_state_badge
from fgd.plan.querysets import OPEN_ACTION
from fgd.plan.selectors.plan import actions_of_village
from fgd.sessions.models import Session
from fgd.sessions.selectors.sessions import sessions_of_village
from fgd.sessions.workflow import SESSION_BADGE_STYLES
from reports.followup.presenters import timeline_of as timeline_of_progress
from reports.monthly.presenters.slots import month_strip
from reports.monthly.presenters.timeline import timeline_of as timeline_of_reports
from villages.outreach.models import OutreachActivity
from villages.outreach.presenters.learning_chart import LearningChart, learning_chart
from villages.register.models import Assignment, Village
from villages.register.presenters.timelines import timeline_of as timeline_of_record
from villages.register.selectors.assignments import assignments_of, parted_by_today
from villages.vulnerability.presenters.scores import ScoreExplanation, score_summary_of

LINES = 60
#: How many lines are shown and printed at first: with the rest they fill one A4.
RECENT = 4
SESSIONS_SHOWN = 5
ACTIONS_READ = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """The parts of a village's page; a part the reader may not see is None."""

    village: Village
    decree: dict[str, Any] | None
    schemes: Sequence[str]
    officers: Sequence[Assignment]
    papers: Sequence[Paper]
    contacts: Sequence[dict[str, str]] | None
    month_strip: Sequence[dict[str, str]] | None
    visits: Activities | None
    learning: LearningChart | None
    score_summary: ScoreExplanation | None
    actions: Sequence[dict[str, Any]]
    sessions: Sequence[dict[str, Any]]
    recent: Sequence[TimelineMonth]
    earlier: Sequence[TimelineMonth]


def overview_of(village: Village, user: Actor) -> Overview:
    """Return each part that the reader may see; eleven queries at most."""
    reads_reports = may(user, "report.view", village)
    reads_contacts = may(user, "village.view_contacts", village)
    reads_scores = may(user, "vulnerability.view", village)
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
        map(_activity_entry, visits.past) if visits else (),
    )
    served = list(assignments_of(village))
    today = parted_by_today(served).now
    pimpasa_first = sorted(today, key=lambda one: (one.role, one.pk))
    return Overview(
        village=village,
        decree=latest_decree(village),
        schemes=schemes_of(village),
        officers=pimpasa_first,
        papers=papers_of(village, served),
        contacts=contacts_of(village) if reads_contacts else None,
        month_strip=month_strip(village) if reads_reports else None,
        visits=visits,
        learning=learning_chart(visits.learning) if visits else None,
        score_summary=score_summary_of(village) if reads_scores else None,
        actions=[_action_row(row) for row in actions if row.status in OPEN_ACTION],
        sessions=[_session_row(row) for row in sessions[:SESSIONS_SHOWN]],
        recent=by_month(lines[:RECENT]),
        earlier=by_month(lines[RECENT:]),
    )


def _actions(village: Village, user: Actor) -> QuerySet[Action]:
    return actions_of_village(user, village).select_related("lead_agency")[
        :ACTIONS_READ
    ]


def _sessions(village: Village, user: Actor) -> QuerySet[Session]:
    visible = Session.objects.visible_to(user)
    rows = sessions_of_village(village).filter(pk__in=visible.values("pk"))
    return rows.defer("search", "purpose")[: 2 * SESSIONS_SHOWN]


def _action_row(action: Action) -> dict[str, Any]:
    state = short_state_badge(action, _("overdue"))
    return {
        "title": action.title,
        "url": reverse("plan:action_detail", kwargs={"pk": action.pk}),
        "lead": action.lead_agency,
        "due_on": action.due_on,
        "percent": action.percent,
        "badge_style": state.badge_style,
        "state": state.label,
        "returned": action.return_reason,
    }


def _session_row(session: Session) -> dict[str, Any]:
    return {
        "theme": session.theme,
        "url": reverse("sessions:session_detail", kwargs={"pk": session.pk}),
        "starts_at": session.starts_at,
        "venue": session.venue,
        "host": session.office,
        "badge_style": SESSION_BADGE_STYLES[Session.Status(session.status)],
        "state": session.get_status_display(),
    }


# --- Timeline ----------------------------------------------------------------


def _timeline(*parts: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return the newest entries of all parts."""
    entries = [entry for part in parts for entry in part]
    entries.sort(key=lambda entry: entry.when, reverse=True)
    return entries[:LINES]


def _latest_of_each(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return the latest entry of every address; `entries` are newest first."""
    latest: dict[str, TimelineEntry] = {}
    for entry in entries:
        latest.setdefault(entry.url, entry)
    return list(latest.values())


def _session_entry(session: Session) -> TimelineEntry:
    label = _("FGD held: %(theme)s")
    if session.status == Session.Status.IN_PROGRESS:
        label = _("FGD under way: %(theme)s")
    return TimelineEntry(
        when=session.starts_at,
        who=str(session.office),
        what=label % {"theme": session.theme},
        url=reverse("sessions:session_detail", kwargs={"pk": session.pk}),
        icon="users",
    )


def _verified_entries(actions: Iterable[Action]) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            when=action.verified_at,
            who=str(action.lead_agency),
            what=_("Action verified: %(title)s") % {"title": action.title},
            url=reverse("plan:action_detail", kwargs={"pk": action.pk}),
            icon="circle-check",
        )
        for action in actions
        if action.verified_at
    ]


def _activity_entry(activity: OutreachActivity) -> TimelineEntry:
    return TimelineEntry(
        when=activity.starts_at,
        who=activity.venue,
        what=_("%(kind)s held, %(count)d people")
        % {"kind": activity.kind, "count": activity.head_count},
        url=reverse("outreach:outreach_detail", kwargs={"pk": activity.pk}),
        icon="footprints",
    )
