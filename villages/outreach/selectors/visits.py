"""Visits: activities held and planned in a village."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from desabinaan.accounts.models import User
from villages.outreach.models import OutreachActivity, OutreachVillage
from villages.register.models import Village

YEAR = timedelta(days=365)
#: A village counts as visited for this period.
VISITED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Visits:
    """An officer's visits to a village in a year, and the last visit by anyone."""

    own: int = 0
    last: date | None = None

    @property
    def is_recent(self) -> bool:
        return self.last is not None and self.last >= timezone.localdate() - VISITED


def visits_of(officer: User, villages: Collection[int]) -> Mapping[int, Visits]:
    """Return visits by village id; villages never visited are missing; one query."""
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
    """Return the activities held or planned in the village, the newest first.

    Each has `reach`, the number of its villages. The caller checks `outreach.view`.
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
    """Return the planned activities in these villages, the next one first.

    The caller checks `outreach.view`.
    """
    planned = OutreachActivity.Status.PLANNED
    return (
        OutreachVillage.objects.filter(village__in=villages, activity__status=planned)
        .select_related("activity__kind")
        .order_by("activity__starts_at", "pk")
    )
