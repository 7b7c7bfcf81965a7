"""Which months there are, for whom they wait, and how a year of them looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.templatetags.portal import day
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.months import month_before, months_back
from reports.monthly.querysets import WAITING_FOR_VILLAGE, ReportSlotQuerySet
from reports.monthly.workflow import REPORT_TONES
from villages.models import Office, Village
from villages.standing import standing_of

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
    return ReportSlot.objects.visible_to(user).select_related("village", "report")


def slots_with_people(user: Actor) -> ReportSlotQuerySet:
    """The same, with the names of who entered and who verified."""
    return slots_in_sight(user).select_related(
        "report__entered_by", "report__verified_by"
    )


def villages_in_sight(user: Actor) -> QuerySet[Village]:
    return Village.objects.open_for(user, "report.view")


def offices_in_sight(user: Actor) -> list[tuple[int, str]]:
    """Id and name of the offices to choose from; none where there is no choice."""
    offices = standing_of(user).offices("report.view")
    if len(offices) < 2:
        return []
    named = Office.objects.filter(pk__in=offices).order_by("short_name")
    return list(named.values_list("pk", "short_name"))


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
    return list(slots.select_related("village").order_by("month", "id")[:4])


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


def lines(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as the lists of reports show them: plain words, ready to print."""
    today = timezone.localdate()
    month_of = cache(lambda month: date_format(month, "YEAR_MONTH_FORMAT"))
    return [
        {
            "url": report_url(row["village__region_id"], row["month"]),
            "village": row["village__name"],
            "district": row["village__district_name"],
            "month": month_of(row["month"]),
            "due": day(row["due_on"]),
            **state_of(row["status"], row["due_on"], today),
            "sent": day(row["report__submitted_at"]),
            "who": row["report__entered_by__name"] or "",
            "how": _how(row),
        }
        for row in rows
    ]


@lru_cache(maxsize=4096)
def report_url(code: str, month: date) -> str:
    return reverse("monthly:report_detail", args=[code, month])


def state_of(code: str, due_on: date, today: date | None = None) -> dict[str, str]:
    """The badge of a month: its `tone`, and its `state` in words."""
    status = ReportSlot.Status(code)
    is_late = code in WAITING_FOR_VILLAGE and due_on < (today or timezone.localdate())
    return {
        "tone": "late" if is_late else REPORT_TONES[status],
        "state": _late_words(status) if is_late else str(status.label),
    }


def _late_words(status: ReportSlot.Status) -> str:
    """Silence is simply late; what was begun says so too."""
    if status == ReportSlot.Status.OPEN:
        return _("late")
    return f"{status.label}, {_('late')}"


def _how(row: dict[str, Any]) -> str:
    """How it came, where that is not the usual way."""
    if row["report__is_nil"] and row["status"] != ReportSlot.Status.DRAFT:
        return _("nil report")
    channel = row["report__channel"]
    if channel and channel != MonthlyReport.Channel.PORTAL:
        return str(MonthlyReport.Channel(channel).label)
    return ""


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
        "tone": state_of(slot.status, slot.due_on)["tone"],
        "text": _("late") if slot.is_late() else slot.get_status_display(),
        "url": report_url(village.code, month),
    }
