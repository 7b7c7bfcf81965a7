"""Slots and reports for tests, brought to a state through the actions."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import User
from reports.monthly import actions
from reports.monthly.actions import Sent
from reports.monthly.models import FIGURES, MonthlyReport, ReportSlot
from reports.monthly.months import month_after, month_before
from tests.world import World
from villages.models import Village

SignedIn = Callable[[str], Client]
#: the month that villages report now, and the one before it: late by any clock
MONTH = month_before(timezone.localdate())
EARLIER = month_before(MONTH)


def make_slot(village: Village, month: date = MONTH) -> ReportSlot:
    return ReportSlot.objects.create(
        village=village,
        office=village.office,
        month=month,
        due_on=month_after(month).replace(day=5),
    )


def send(slot: ReportSlot, user: User, *, seen: int = 0, **figures: int) -> Sent:
    return actions.submit(
        slot,
        figures=figures or {"outreach_held": 2, "people_reached": 40},
        client_uuid=uuid4(),
        seen=seen,
        acting_user=user,
    )


def url(name: str, slot: ReportSlot) -> str:
    return reverse(f"monthly:{name}", args=[slot.village.code, slot.month])


def filled(client: Client, slot: ReportSlot, **typed: object) -> dict[str, object]:
    """What the browser posts from the form as it was opened."""
    form = client.get(url("report_fill", slot)).context["form"]
    hidden = {name: form[name].value() for name in ("client_uuid", "version")}
    return hidden | {name: form[name].value() or "" for name in FIGURES} | typed


def bring_to(world: World, slot: ReportSlot, status: str) -> ReportSlot:
    """The slot of Lontar in `status`, by the deeds that lead there."""
    official, checker = world.user("official"), world.user("serang")
    if status == "draft":
        actions.save_draft(slot, figures={}, seen=0, acting_user=official)
    elif status == "excused":
        actions.excuse(slot, reason="Banjir.", acting_user=checker)
    elif status != "open":
        send(slot, official)
    if status == "returned":
        actions.return_report(slot, reason="Periksa lagi.", acting_user=checker)
    if status in {"verified", "correction_requested"}:
        actions.verify(slot, seen=1, acting_user=checker)
    if status == "correction_requested":
        actions.request_correction(slot, reason="Salah tulis.", acting_user=official)
    slot.refresh_from_db()
    assert slot.status == status
    return slot


def rows_of(slot: ReportSlot) -> tuple[object, ...]:
    """Everything a deed on the slot could change, to compare before and after."""
    report = MonthlyReport.objects.filter(slot=slot).values().first()
    status = ReportSlot.objects.values_list("status", "excuse").get(pk=slot.pk)
    sent = report and list(
        MonthlyReport.objects.get(slot=slot).versions.values().order_by("pk")
    )
    return status, report, sent, slot.events.count()
