"""Figures without names: for leaders, and overdue actions for the Kanwil."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from desabinaan.portal.selectors.figures import (
    SessionCounts,
    action_counts,
    overdue_counts_by_lead,
    session_counts,
    village_counts,
)
from fgd.plan.models import Action
from reports.monthly.months import month_before
from reports.monthly.selectors import totals
from reports.monthly.selectors.totals import Totals
from villages.places.permissions import roles_for
from villages.register.models import Village


@dataclass(frozen=True, slots=True)
class Bar:
    """For components/bars.html; `percent` is the length of the bar."""

    label: StrOrPromise
    value: int
    percent: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its text, and its bars.

    `url` leads to more of the same figures.
    """

    title: StrOrPromise
    number: str
    text: StrOrPromise
    bars: Sequence[Bar]
    url: str = ""


@dataclass(frozen=True, slots=True)
class LeaderFigures:
    """At most six figures, with their day and the month of the reports."""

    day: date
    month: date
    figures: Sequence[Figure]


def figures_for(user: Actor) -> LeaderFigures:
    """Return the figures of a leader's page; four queries."""
    offices = roles_for(user).offices("totals.view")
    month = month_before(timezone.localdate())
    reports = totals(user, month)
    actions = action_counts(offices)
    return LeaderFigures(
        day=timezone.localdate(),
        month=month,
        figures=(
            _villages(village_counts(offices)),
            _completeness(reports),
            _outreach(reports),
            _actions(actions),
            _overdue(actions),
            _sessions(session_counts(offices)),
        ),
    )


def overdue_by_lead(user: Actor) -> list[Bar]:
    """Return overdue actions by lead agency for components/bars.html."""
    return _bars(overdue_counts_by_lead(user))


# --- The six figures ---------------------------------------------------------


def _villages(counts: Mapping[str, int]) -> Figure:
    states = Village.Status
    shown = (states.DESIGNATED, states.PROPOSED, states.INACTIVE)
    return Figure(
        _("Fostered villages"),
        str(counts[states.DESIGNATED]),
        _("designated by decree and active"),
        _bars((state.label, counts[state]) for state in shown),
        reverse("register:village_counts"),
    )


def _completeness(reports: Totals) -> Figure:
    by_status = reports.by_status
    sent = by_status["submitted"] + by_status["correction_requested"]
    missing = by_status["open"] + by_status["draft"] + by_status["returned"]
    return Figure(
        _("Monthly reports"),
        "–" if reports.completeness is None else f"{reports.completeness}%",
        _("of the villages have sent last month's report"),
        _bars(
            (
                (_("verified"), by_status["verified"]),
                (_("sent, not yet verified"), sent),
                (_("missing"), missing),
                (_("excused"), by_status["excused"]),
            )
        ),
    )


def _outreach(reports: Totals) -> Figure:
    figures = reports.figures
    return Figure(
        _("People reached"),
        str(figures["people_reached"]),
        _("by outreach last month, in verified reports"),
        _bars(
            (
                (_("outreach activities"), figures["outreach_held"]),
                (_("coordination meetings"), figures["coordination_meetings"]),
                (_("job offers heard of"), figures["job_offers_heard"]),
                (_("questions for the office"), figures["office_questions"]),
            )
        ),
    )


def _actions(counts: dict[str, int]) -> Figure:
    states = Action.Status
    shown = (
        states.VERIFIED_DONE,
        states.REPORTED_DONE,
        states.IN_PROGRESS,
        states.NOT_STARTED,
    )
    return Figure(
        _("Agreed actions"),
        str(sum(counts[state] for state in shown)),
        _("open, or verified and due in the past twelve months"),
        _bars((state.label, counts[state]) for state in shown),
    )


def _overdue(counts: dict[str, int]) -> Figure:
    waiting = counts["not_started"] + counts["in_progress"]
    return Figure(
        _("Overdue actions"),
        str(counts["late"]),
        _("past the due date and not yet reported done"),
        _bars(
            (
                (_("on time so far"), waiting - counts["late"]),
                (_("up to 30 days late"), counts["late"] - counts["month_late"]),
                (_("more than 30 days late"), counts["month_late"]),
            )
        ),
    )


def _sessions(counts: SessionCounts) -> Figure:
    return Figure(
        _("FGD sessions"),
        str(counts.held_this_year + counts.held_last_year),
        _("held this year and last year"),
        _bars(
            (
                (str(counts.this_year), counts.held_this_year),
                (str(counts.this_year - 1), counts.held_last_year),
                (_("announced"), counts.announced),
            )
        ),
    )


def _bars(rows: Iterable[tuple[StrOrPromise, int]]) -> list[Bar]:
    found = list(rows)
    longest = max((value for _label, value in found), default=0) or 1
    return [Bar(label, value, round(100 * value / longest)) for label, value in found]
