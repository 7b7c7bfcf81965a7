"""The slots a user may see, and how many of them need something from the user."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.workflow.seen import latest_event
from reports.monthly.models import MonthlyEvent, ReportSlot
from reports.monthly.months import month_before, months_back
from reports.monthly.querysets import (
    WAITING_FOR_VILLAGE,
    ReportSlotQuerySet,
    verifiable_by,
)
from villages.places.models import Office
from villages.places.permissions import roles_for
from villages.register.models import Village

ROW = (
    "id",
    "month",
    "due_on",
    "status",
    "village_id",
    "village__name",
    "village__district_name",
    "village__region_id",
    "report__is_nil",
    "report__channel",
    "report__submitted_at",
    "report__entered_by__name",
)

Rows: TypeAlias = QuerySet[ReportSlot, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ReportTaskCounts:
    """How many months a user has to fill in, of these late and returned.

    `to_verify` counts reports, `late` the late months of other villages (for staff).
    """

    to_fill: int
    own_late: int
    returned: int
    to_verify: int
    late: int


def visible_slots(user: Actor) -> ReportSlotQuerySet:
    """Return the visible slots with their village and report."""
    return ReportSlot.objects.visible_to(user).select_related("village", "report")


def slot_to_decide(user: Actor, code: str, month: date) -> ReportSlot:
    """Return the visible slot of a village's month with its latest event, or 404."""
    slots = visible_slots(user).annotate(
        latest_event=latest_event(MonthlyEvent.objects, "slot")
    )
    return get_object_or_404(slots, village__region_id=code, month=month)


def slots_with_people(user: Actor) -> ReportSlotQuerySet:
    """Return the visible slots, also with who entered and who verified the report."""
    return visible_slots(user).select_related(
        "report__entered_by", "report__verified_by"
    )


def visible_villages(user: Actor) -> QuerySet[Village]:
    return Village.objects.open_for(user, "report.view")


def visible_offices(user: Actor) -> list[tuple[int, str]]:
    """Return id and name of the offices to choose from; none if there is only one."""
    offices = roles_for(user).offices("report.view")
    if len(offices) < 2:
        return []
    named = Office.objects.filter(pk__in=offices).order_by(Folded("short_name"))
    return list(named.values_list("pk", "short_name"))


def slot_rows(user: Actor) -> Rows:
    """Return the rows of the list of reports, not yet filtered and ordered."""
    rows: Rows = ReportSlot.objects.visible_to(user).values(*ROW)
    return rows


def slots_of_village(village: Village) -> Rows:
    rows: Rows = ReportSlot.objects.filter(village=village).values(*ROW)
    return rows


def due_in_own_village(user: Actor) -> Sequence[ReportSlot]:
    """Return the first four months a village official has to send, oldest first."""
    slots = ReportSlot.objects.of_own_village(user).waiting_for_village()
    return list(slots.select_related("village").order_by("month", "id")[:4])


def next_to_verify(user: Actor) -> ReportSlot | None:
    """Return the oldest report that this user may verify."""
    waiting = ReportSlot.objects.to_verify(user).select_related("village")
    return waiting.order_by("month", "id").first()


def waiting_for(user: Actor) -> ReportTaskCounts:
    """Count the open tasks of a user in one query."""
    own = Q(village_id__in=roles_for(user).villages("report.submit"))
    late = Q(status__in=WAITING_FOR_VILLAGE, due_on__lt=timezone.localdate())
    counts = (
        ReportSlot.objects.visible_to(user)
        .filter(status__in=[*WAITING_FOR_VILLAGE, "submitted"])
        .aggregate(
            to_fill=Count("pk", filter=own & Q(status__in=WAITING_FOR_VILLAGE)),
            own_late=Count("pk", filter=own & late),
            returned=Count("pk", filter=own & Q(status="returned")),
            to_verify=Count("pk", filter=verifiable_by(user)),
            late=Count("pk", filter=~own & late),
        )
    )
    return ReportTaskCounts(**counts)


def latest_slots(village: Village, months: int) -> list[tuple[date, ReportSlot | None]]:
    """Return the last `months` with the village's slots, oldest first; one query."""
    wanted = months_back(month_before(timezone.localdate()), months)
    slots = ReportSlot.objects.filter(village=village, month__gte=wanted[-1])
    by_month = {slot.month: slot for slot in slots}
    return [(month, by_month.get(month)) for month in wanted[::-1]]
