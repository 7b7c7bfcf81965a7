"""Totals without names: what a leader sees, and who is late for the Kanwil."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from fgd.models import Action, Session
from fgd.querysets import OPEN_ACTION
from reports.followup.selectors.plan import actions_in_plan
from reports.monthly.months import month_before
from reports.monthly.selectors import Totals
from reports.monthly.selectors import totals as report_totals
from villages.models import Village
from villages.standing import standing_of

YEAR = timedelta(days=365)
LEADS_SHOWN = 6
LATE_READ = 500


@dataclass(frozen=True, slots=True)
class Bar:
    """For components/bars.html; `percent` is the length of the bar."""

    label: StrOrPromise
    value: int
    percent: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words, and the picture that explains it.

    `url` leads to more of the same figures.
    """

    title: StrOrPromise
    number: str
    text: StrOrPromise
    bars: Sequence[Bar]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """At most six figures, and what they count."""

    day: date
    month: date
    figures: Sequence[Figure]


def figures_for(user: Actor) -> Figures:
    """The leader's page: four queries, whatever the tables hold."""
    offices = standing_of(user).offices("totals.view")
    month = month_before(timezone.localdate())
    reports = report_totals(user, month)
    actions = _action_counts(offices)
    return Figures(
        day=timezone.localdate(),
        month=month,
        figures=(
            _villages(offices),
            _completeness(reports),
            _outreach(reports),
            _actions(actions),
            _overdue(actions),
            _sessions(offices),
        ),
    )


def overdue_by_lead(user: Actor) -> list[Bar]:
    """Overdue actions by lead agency, the most first, for components/bars.html.

    Of very many, those that have been overdue for the longest time.
    """
    longest = actions_in_plan(user).overdue().order_by("due_on", "id")[:LATE_READ]
    rows = (
        Action.objects.filter(pk__in=longest.values("pk"))
        .order_by()
        .values_list("lead_agency__short_name")
        .annotate(count=Count("pk"))
        .order_by("-count", "lead_agency__short_name")[:LEADS_SHOWN]
    )
    return _bars(rows)


# --- The six figures ---------------------------------------------------------


def _villages(offices: list[int]) -> Figure:
    states = Village.Status
    counts = Village.objects.filter(office__in=offices).aggregate(
        **{state.value: Count("pk", filter=Q(status=state)) for state in states}
    )
    shown = (states.DESIGNATED, states.PROPOSED, states.INACTIVE)
    return Figure(
        _("Fostered villages"),
        str(counts[states.DESIGNATED]),
        _("designated by decree and active"),
        _bars((state.label, counts[state]) for state in shown),
        reverse("villages:village_counts"),
    )


def _completeness(reports: Totals) -> Figure:
    by_status = reports.by_status
    sent = by_status["submitted"] + by_status["correction_requested"]
    missing = by_status["open"] + by_status["draft"] + by_status["returned"]
    return Figure(
        _("Monthly reports"),
        "–" if reports.completeness is None else f"{reports.completeness} %",
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


def _action_counts(offices: list[int]) -> dict[str, int]:
    """Open actions, and those verified whose due date lies within a year back."""
    today = timezone.localdate()
    states = Action.Status
    late = Q(status__in=(states.NOT_STARTED, states.IN_PROGRESS), due_on__lt=today)
    month_late = late & Q(due_on__lt=today - timedelta(days=30))
    shown = Q(status__in=OPEN_ACTION) | Q(
        status=states.VERIFIED_DONE, due_on__gt=today - YEAR
    )
    return (
        Action.objects.agreed()
        .filter(shown, office__in=offices)
        .aggregate(
            **{state.value: Count("pk", filter=Q(status=state)) for state in states},
            late=Count("pk", filter=late),
            month_late=Count("pk", filter=month_late),
        )
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


def _sessions(offices: list[int]) -> Figure:
    now = timezone.now()
    this_year = timezone.localtime(now).replace(month=1, day=1, hour=0, minute=0)
    last_year = this_year.replace(year=this_year.year - 1)
    states = Session.Status
    held = Q(starts_at__lt=now, status__in=(states.IN_PROGRESS, states.FINALISED))
    counts = Session.objects.filter(
        office__in=offices, starts_at__range=(last_year, now + YEAR)
    ).aggregate(
        now=Count("pk", filter=held & Q(starts_at__gte=this_year)),
        before=Count("pk", filter=held & Q(starts_at__lt=this_year)),
        planned=Count("pk", filter=Q(starts_at__gte=now, status=states.INVITED)),
    )
    return Figure(
        _("FGD sessions"),
        str(counts["now"] + counts["before"]),
        _("held this year and last year"),
        _bars(
            (
                (str(this_year.year), counts["now"]),
                (str(last_year.year), counts["before"]),
                (_("announced"), counts["planned"]),
            )
        ),
    )


def _bars(rows: Iterable[tuple[StrOrPromise, int]]) -> list[Bar]:
    found = list(rows)
    longest = max((value for _label, value in found), default=0) or 1
    return [Bar(label, value, round(100 * value / longest)) for label, value in found]
