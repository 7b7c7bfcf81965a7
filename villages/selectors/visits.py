"""Visits: activities held in a village, by whom and when, and those planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from desabinaan.accounts.models import User
from villages.models import OutreachActivity, OutreachVillage, Village

YEAR = timedelta(days=365)
#: A village counts as visited for so many days.
VISITED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Visits:
    """How often an officer came to a village in a year; the last visit of anybody."""

    own: int = 0
    last: date | None = None

    @property
    def is_recent(self) -> bool:
        return self.last is not None and self.last >= timezone.localdate() - VISITED


def visits_of(officer: User, villages: Collection[int]) -> Mapping[int, Visits]:
    """Visits by the id of the village, without those never visited; one query."""
    since = timezone.localdate() - YEAR
    own = Count("pk", filter=Q(activity__officers=officer.pk, held_on__gte=since))
    rows = (
        OutreachVillage.objects.filter(village__in=villages, held_on__isnull=False)
        .order_by()
        .values_list("village_id")
        .annotate(own=own, last=Max("held_on"))
    )
    return {village: Visits(count, last) for village, count, last in rows}


def activities_in(village: Village) -> QuerySet[OutreachActivity]:
    """What was held in the village and what is planned, the newest first.

    Each knows its `reach`, the number of its villages. For whoever may
    `outreach.view` there: the caller asks.
    """
    reached = OutreachVillage.objects.filter(activity=OuterRef("pk")).order_by()
    reach = reached.values("activity").annotate(rows=Count("pk")).values("rows")
    return (
        OutreachActivity.objects.filter(pk__in=village.outreach.values("activity"))
        .exclude(status=OutreachActivity.Status.CANCELLED)
        .select_related("kind")
        .annotate(reach=Subquery(reach))
        .order_by("-starts_at", "-pk")
    )


def planned_in(villages: Collection[int]) -> QuerySet[OutreachVillage]:
    """Planned activities in these villages, the next one first.

    For whoever may `outreach.view` there: the caller asks.
    """
    planned = OutreachActivity.Status.PLANNED
    return (
        OutreachVillage.objects.filter(village__in=villages, activity__status=planned)
        .select_related("activity__kind")
        .order_by("activity__starts_at", "pk")
    )
