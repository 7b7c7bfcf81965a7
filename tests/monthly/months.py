"""Slots and reports for tests, brought to a state through the services."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import User
from reports.monthly import services as monthly_services
from reports.monthly.models import FIGURES, MonthlyReport, ReportSlot
from reports.monthly.months import month_after, month_before
from reports.monthly.services.submitting import SendResult
from tests.dataset import Dataset
from villages.register.models import Village

SignedIn = Callable[[str], Client]
#: the month that villages report now, and the one before it: late by any clock
MONTH = month_before(timezone.localdate())
EARLIER = month_before(MONTH)


def make_slot(village: Village, month: date = MONTH) -> ReportSlot:
    return ReportSlot.objects.create(
        village=village,
        month=month,
        due_on=month_after(month).replace(day=5),
    )


def send(slot: ReportSlot, user: User, *, seen: int = 0, **figures: int) -> SendResult:
    return monthly_services.submit(
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


def bring_to(dataset: Dataset, slot: ReportSlot, status: str) -> ReportSlot:
    """Bring the slot to `status` through the services."""
    official, checker = dataset.user("official"), dataset.user("serang")
    if status == "draft":
        monthly_services.save_draft(slot, typed={}, seen=0, acting_user=official)
    elif status == "excused":
        monthly_services.excuse(slot, reason="Banjir.", acting_user=checker)
    elif status != "open":
        send(slot, official)
    if status == "returned":
        monthly_services.return_report(
            slot, reason="Periksa lagi.", acting_user=checker
        )
    if status in {"verified", "correction_requested"}:
        monthly_services.verify(slot, seen=1, acting_user=checker)
    if status == "correction_requested":
        monthly_services.request_correction(
            slot, reason="Salah tulis.", acting_user=official
        )
    slot.refresh_from_db()
    assert slot.status == status
    return slot


def rows_of(slot: ReportSlot) -> tuple[object, ...]:
    """Return all rows an operation on the slot could change, to compare."""
    report = MonthlyReport.objects.filter(slot=slot).values().first()
    status = ReportSlot.objects.values_list("status", "excuse").get(pk=slot.pk)
    sent = report and list(
        MonthlyReport.objects.get(slot=slot).versions.values().order_by("pk")
    )
    return status, report, sent, slot.events.count()
