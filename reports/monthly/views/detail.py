"""One month of one village: its report, its history, its receipt."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.web.tags import local_time
from desabinaan.lib.web.timeline import by_month
from reports.monthly import selectors
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.presenters.buttons import buttons, was_entered_by
from reports.monthly.presenters.figures import figure_groups
from reports.monthly.presenters.pages import (
    crumbs_to_month,
    crumbs_to_village,
    draft_key,
    links_after_receipt,
    month_of,
    title_of,
)
from reports.monthly.presenters.slots import state_of
from reports.monthly.presenters.timeline import history_of


@require_safe
def report_detail(request: Request, code: str, month: date) -> HttpResponse:
    """Show the report of one month with its figures and history."""
    slots = selectors.slots_with_people(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    report = _shown_report(slot, request.user)
    main, others = buttons(slot, request.user)
    before = selectors.report_before(slot)
    context = {
        "slot": slot,
        "report": report,
        "title": title_of(slot),
        "crumbs": [*crumbs_to_village(slot), (month_of(slot), None)],
        **state_of(slot.status, slot.due_on),
        "facts": _facts(slot),
        "main": main,
        "others": others,
        "needs_colleague": _needs_colleague(slot, request.user),
        "groups": figure_groups(report, before) if report else [],
        "before": before,
        "versions": selectors.versions_of(slot),
        "reason": selectors.open_reason(slot),
        "months": by_month(history_of(slot)),
    }
    return render(request, "monthly/report_detail.html", context)


@require_safe
def report_receipt(request: Request, code: str, month: date) -> HttpResponse:
    """Show that the report arrived; only a committed version has a number."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    version = selectors.latest_version(slot)
    if version is None:
        raise Http404
    context = {
        "slot": slot,
        "title": title_of(slot),
        "crumbs": [*crumbs_to_month(slot), (_("Receipt"), None)],
        "is_nil": version.is_nil,
        "receipt_number": version.receipt_number,
        "sent_at": version.submitted_at,
        "what_next": _what_next(slot),
        "onward": links_after_receipt(code, month),
        "draft_key": draft_key(request.user, slot),
    }
    return render(request, "monthly/report_receipt.html", context)


def _needs_colleague(slot: ReportSlot, user: User) -> bool:
    """Say whether only a colleague may verify, as this officer entered it."""
    waits = slot.status == ReportSlot.Status.SUBMITTED
    return (
        waits and was_entered_by(user, slot) and access.may(user, "report.verify", slot)
    )


def _what_next(slot: ReportSlot) -> str:
    if slot.status == ReportSlot.Status.VERIFIED:
        return _("The report is verified. You have nothing more to do.")
    return _(
        "An immigration officer checks and verifies the figures. You do not need to "
        "send them again."
    )


def _shown_report(slot: ReportSlot, user: User) -> MonthlyReport | None:
    """Return the report; what is not sent yet only to those who may send it."""
    report = slot.current_report
    if report and report.is_draft and not access.may(user, "report.submit", slot):
        return None
    return report


def _facts(slot: ReportSlot) -> list[tuple[str, str]]:
    report = slot.current_report
    facts = [
        (_("Village"), str(slot.village)),
        (_("Due"), date_format(slot.due_on, "DATE_FORMAT")),
    ]
    if report and report.submitted_at:
        how = f" ({report.get_channel_display()})" if report.is_on_behalf else ""
        facts += [
            (_("Arrived"), local_time(report.submitted_at)),
            (_("Entered by"), f"{report.entered_by}{how}"),
        ]
    if report and report.verified_by:
        facts.append((_("Verified by"), str(report.verified_by)))
    return facts
