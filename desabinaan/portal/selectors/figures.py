"""Counts without names: for leaders, and the overdue actions by lead agency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from fgd.plan.models import Action
from fgd.plan.querysets import OPEN_ACTION
from fgd.plan.selectors.plan import actions_in_plan
from fgd.sessions.models import Session
from villages.register.models import Village

YEAR = timedelta(days=365)
LEADS_SHOWN = 6
LATE_READ = 500


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """Sessions held this year and last year, and those announced."""

    this_year: int
    held_this_year: int
    held_last_year: int
    announced: int


def village_counts(offices: list[int]) -> Mapping[str, int]:
    """Count the villages of the offices by status."""
    states = Village.Status
    return Village.objects.filter(office__in=offices).aggregate(
        **{state.value: Count("pk", filter=Q(status=state)) for state in states}
    )


def action_counts(offices: list[int]) -> dict[str, int]:
    """Count open actions, and those verified that were due in the past year."""
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


def session_counts(offices: list[int]) -> SessionCounts:
    """Count the sessions of the offices that were held or are announced."""
    now = timezone.now()
    this_year = timezone.localtime(now).replace(month=1, day=1, hour=0, minute=0)
    last_year = this_year.replace(year=this_year.year - 1)
    states = Session.Status
    has_started = Q(
        starts_at__lt=now, status__in=(states.IN_PROGRESS, states.FINALISED)
    )
    counts = Session.objects.filter(
        office__in=offices, starts_at__range=(last_year, now + YEAR)
    ).aggregate(
        now=Count("pk", filter=has_started & Q(starts_at__gte=this_year)),
        before=Count("pk", filter=has_started & Q(starts_at__lt=this_year)),
        planned=Count("pk", filter=Q(starts_at__gte=now, status=states.INVITED)),
    )
    return SessionCounts(
        this_year.year, counts["now"], counts["before"], counts["planned"]
    )


def overdue_counts_by_lead(user: Actor) -> list[tuple[str, int]]:
    """Return lead agencies with their overdue actions, the most first.

    Of very many actions, those that have been overdue for the longest time count.
    """
    longest = actions_in_plan(user).overdue().order_by("due_on", "id")[:LATE_READ]
    rows = (
        Action.objects.filter(pk__in=longest.values("pk"))
        .order_by()
        .values_list("lead_agency__short_name")
        .annotate(count=Count("pk"))
        .order_by("-count", Folded("lead_agency__short_name"))[:LEADS_SHOWN]
    )
    return list(rows)
