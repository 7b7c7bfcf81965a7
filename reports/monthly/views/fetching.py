"""How every page of a month finds it: in sight, or 404."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from django.shortcuts import get_object_or_404

from desabinaan.accounts.access import Actor
from desabinaan.accounts.http import Request
from reports.monthly import selectors
from reports.monthly.models import ReportSlot
from reports.monthly.querysets import ReportSlotQuerySet

InSight: TypeAlias = Callable[[Actor], ReportSlotQuerySet]


def slot_or_404(
    request: Request,
    code: str,
    month: date,
    in_sight: InSight = selectors.slots_in_sight,
) -> ReportSlot:
    return get_object_or_404(
        in_sight(request.user), village__region_id=code, month=month
    )
