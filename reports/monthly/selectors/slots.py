"""Which months there are, for whom they wait, and how a year of them looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_before, months_back
from reports.monthly.querysets import WAITING_FOR_VILLAGE, ReportSlotQuerySet
from reports.monthly.workflow import REPORT_TONES
from villages.models import Village
from villages.standing import standing_of

ROW = (
    "id",
    "month",
    "due_on",
    "status",
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
class Waiting:
    """How much waits for a user: months to fill in, of these late and returned;
    reports to verify; and, for staff, villages' months that are late."""

    to_fill: int
    own_late: int
    returned: int
    to_verify: int
    late: int


def slots_in_sight(user: Actor) -> ReportSlotQuerySet:
    """Slots with their village and report, as a page of one month needs them."""
    return ReportSlot.objects.visible_to(user).select_related(
        "village", "report__entered_by", "report__verified_by"
    )


def villages_in_sight(user: Actor) -> QuerySet[Village]:
    return Village.objects.open_for(user, "report.view")


def slot_rows(user: Actor) -> Rows:
    """The rows of the list of reports, still to be narrowed and ordered."""
    rows: Rows = ReportSlot.objects.visible_to(user).values(*ROW)
    return rows


def slots_of_village(village: Village) -> Rows:
    rows: Rows = ReportSlot.objects.filter(village=village).values(*ROW)
    return rows


def due_in_own_village(user: Actor) -> Sequence[ReportSlot]:
    """The months a village official has to send, the oldest first."""
    slots = ReportSlot.objects.of_own_village(user).waiting_for_village()
    return list(slots.select_related("village").order_by("month", "id")[:12])


def next_to_verify(user: Actor) -> ReportSlot | None:
    """The report that waits longest for this user's verification."""
    waiting = ReportSlot.objects.to_verify(user).select_related("village")
    return waiting.order_by("month", "id").first()


def waiting_for(user: Actor) -> Waiting:
    """Counted in one query over the months that still wait for somebody."""
    standing = standing_of(user)
    own = Q(village_id__in=standing.villages("report.submit"))
    to_verify = (
        Q(status="submitted")
        & ~Q(report__entered_by_id=user.pk)
        & (
            Q(office_id__in=standing.offices("report.verify"))
            | Q(village_id__in=standing.villages("report.verify"))
        )
    )
    late = Q(status__in=WAITING_FOR_VILLAGE, due_on__lt=timezone.localdate())
    counts = (
        ReportSlot.objects.visible_to(user)
        .filter(status__in=[*WAITING_FOR_VILLAGE, "submitted"])
        .aggregate(
            to_fill=Count("pk", filter=own & Q(status__in=WAITING_FOR_VILLAGE)),
            own_late=Count("pk", filter=own & late),
            returned=Count("pk", filter=own & Q(status="returned")),
            to_verify=Count("pk", filter=to_verify),
            late=Count("pk", filter=~own & late),
        )
    )
    return Waiting(**counts)


def strip_of(village: Village, months: int = 12) -> list[dict[str, str]]:
    """The last `months` for components/strip.html, oldest first, in one query."""
    last = month_before(timezone.localdate())
    wanted = months_back(last, months)
    slots = ReportSlot.objects.filter(village=village, month__gte=wanted[-1])
    by_month = {slot.month: slot for slot in slots}
    return [_strip_month(village, month, by_month.get(month)) for month in wanted[::-1]]


def _strip_month(
    village: Village, month: date, slot: ReportSlot | None
) -> dict[str, str]:
    label = date_format(month, "M")
    if slot is None:
        return {"label": label, "tone": "quiet", "text": _("not asked for"), "url": ""}
    return {
        "label": label,
        "tone": tone_of(slot.status, is_late=slot.is_late()),
        "text": _("late") if slot.is_late() else slot.get_status_display(),
        "url": reverse("monthly:report_detail", args=[village.code, month]),
    }


def tone_of(status: str, *, is_late: bool) -> str:
    return "late" if is_late else REPORT_TONES[ReportSlot.Status(status)]
