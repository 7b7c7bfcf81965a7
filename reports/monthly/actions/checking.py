"""What happens to a sent report: verified, returned, reopened, or excused."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition, step
from reports.monthly.actions.moving import locked, move
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.workflow import REPORT


@transaction.atomic
def verify(
    slot: ReportSlot,
    *,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """The figures count as checked, by somebody who did not enter them.

    `seen` is the report's version that was looked at: newer figures need
    another look.
    """
    slot = locked(slot)
    access.require(acting_user, "report.verify", slot)
    step(REPORT, "verify", slot.status)
    report = MonthlyReport.objects.get(slot=slot)
    if report.entered_by_id == acting_user.pk:
        raise PermissionDenied("Who entered a report does not verify it.")
    if report.version != seen:
        raise IllegalTransition(
            _("The village sent newer figures meanwhile. Please look at them first.")
        )
    report.verified_by = acting_user
    report.verified_at = occurred_at or timezone.now()
    report.save(update_fields=["verified_by", "verified_at"])
    move(slot, "verify", acting_user=acting_user, occurred_at=report.verified_at)
    return slot


@transaction.atomic
def return_report(
    slot: ReportSlot,
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """The report is the village's again, with the reason why."""
    return _move_with_reason(slot, "return", reason, acting_user, occurred_at)


@transaction.atomic
def request_correction(
    slot: ReportSlot,
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """A verified report may be sent anew; its old figures stay as a version."""
    return _move_with_reason(
        slot, "request_correction", reason, acting_user, occurred_at
    )


@transaction.atomic
def excuse(
    slot: ReportSlot,
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """Nothing is owed for this month any more; counted apart from silence and nil."""
    return _move_with_reason(
        slot, "excuse", reason, acting_user, occurred_at, is_excuse=True
    )


def _move_with_reason(
    slot: ReportSlot,
    verb: str,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None,
    *,
    is_excuse: bool = False,
) -> ReportSlot:
    reason = reason.strip()
    slot = locked(slot)
    access.require(acting_user, REPORT[verb].capability, slot)
    step(REPORT, verb, slot.status)
    if not reason:
        raise ValidationError({"reason": _("Say why. The village reads it.")})
    move(
        slot,
        verb,
        acting_user=acting_user,
        note=reason,
        occurred_at=occurred_at,
        excuse=reason if is_excuse else "",
    )
    return slot
