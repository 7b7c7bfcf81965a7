"""How every page of a month finds it: in sight, or 404."""

from datetime import date

from django.shortcuts import get_object_or_404

from desabinaan.accounts.http import Request
from reports.monthly import selectors
from reports.monthly.models import ReportSlot


def slot_or_404(request: Request, code: str, month: date) -> ReportSlot:
    return get_object_or_404(
        selectors.slots_in_sight(request.user), village__region_id=code, month=month
    )
