"""Verify, return or reopen a report, or excuse a month."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.seen import refuse_unseen
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.services.slot_transitions import apply_transition, locked
from reports.monthly.workflow import REPORT, REPORT_EVENT_LABELS


@transaction.atomic
def verify(
    slot: ReportSlot,
    *,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """Verify the figures; whoever entered them may not.

    `seen` is the version of the report that was shown; newer figures are refused.
    """
    slot = locked(slot)
    access.require(acting_user, "report.verify", slot)
    check_transition(REPORT, "verify", slot.status, slot)
    report = MonthlyReport.objects.get(slot=slot)
    if report.entered_by_id == acting_user.pk:
        raise PermissionDenied("Who entered a report does not verify it.")
    if report.version != seen:
        raise IllegalTransition(
            _("The village has sent new figures. Please check them first.")
        )
    report.verified_by = acting_user
    report.verified_at = occurred_at or timezone.now()
    report.save(update_fields=["verified_by", "verified_at"])
    apply_transition(
        slot, "verify", acting_user=acting_user, occurred_at=report.verified_at
    )
    return slot


@transaction.atomic
def return_report(
    slot: ReportSlot,
    *,
    reason: str,
    acting_user: User,
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """Return the report to the village with a reason.

    `seen` is the latest event that was shown; ValidationError when one is newer.
    """
    return _move_with_reason(
        slot, "return", reason, acting_user, occurred_at, seen=seen
    )


@transaction.atomic
def request_correction(
    slot: ReportSlot,
    *,
    reason: str,
    acting_user: User,
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """Allow new figures for a verified report; the old ones stay as a version.

    `seen` is the latest event that was shown; ValidationError when one is newer.
    """
    return _move_with_reason(
        slot, "request_correction", reason, acting_user, occurred_at, seen=seen
    )


@transaction.atomic
def excuse(
    slot: ReportSlot,
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> ReportSlot:
    """Excuse the month; it is counted neither as missing nor as nil.

    Nothing has happened in an open month, and none becomes open again: its state is
    all that a page can have shown.
    """
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
    seen: int | None = None,
) -> ReportSlot:
    reason = reason.strip()
    slot = locked(slot)
    access.require(acting_user, REPORT[verb].capability, slot)
    check_transition(REPORT, verb, slot.status, slot)
    refuse_unseen(slot, seen, REPORT_EVENT_LABELS)
    if not reason:
        raise ValidationError(
            {"reason": _("Give the reason. The village will read it.")}
        )
    if not is_excuse:
        # The page on which the village fills in the month shows the reason.
        MonthlyReport.objects.filter(slot=slot).update(version=F("version") + 1)
    apply_transition(
        slot,
        verb,
        acting_user=acting_user,
        note=reason,
        occurred_at=occurred_at,
        excuse=reason if is_excuse else "",
    )
    return slot
