"""What the matrix asks for of reports: months of a village, evidence of an action."""

from datetime import date, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from desabinaan.accounts.models import User
from fgd.plan.models import Action, Evidence
from reports.monthly.models import MonthlyReport, ReportSlot, ReportVersion
from villages.register.models import Village

PDF = b"%PDF-1.4 contoh"
#: the month of each status of a report
MONTHS = {
    "open": date(2026, 6, 1),
    "draft": date(2026, 7, 1),
    "submitted": date(2026, 8, 1),
    "verified": date(2026, 9, 1),
}


def create_months(village: Village, person: User) -> None:
    """Create a month of each status, with a report where one was submitted."""
    for status, month in MONTHS.items():
        slot = ReportSlot.objects.create(
            village=village,
            month=month,
            due_on=month + timedelta(days=35),
            status=status,
        )
        if status in {"submitted", "verified"}:
            report = MonthlyReport.objects.create(
                slot=slot, entered_by=person, submitted_at=timezone.now()
            )
            ReportVersion.objects.create(
                report=report,
                number=1,
                client_uuid=uuid4(),
                figures={},
                is_nil=False,
                channel="portal",
                submitted_by=person,
            )


def create_evidence(action: Action, person: User) -> Evidence:
    return Evidence.objects.create(
        action=action,
        village=action.villages.get(),
        title="Daftar hadir",
        file=ContentFile(PDF, "bukti.pdf"),
        content_type="application/pdf",
        size=len(PDF),
        sha256=uuid4().hex * 2,
        uploaded_by=person,
    )
