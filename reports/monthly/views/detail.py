"""One month of one village: what was said, by whom, and what may be done."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.templatetags.portal import wib
from desabinaan.lib.timeline import by_month
from reports.monthly import selectors
from reports.monthly.models import ReportSlot
from reports.monthly.views.fetching import slot_or_404
from reports.monthly.views.verbs import buttons, entered

Crumbs = list[tuple[StrOrPromise, str | None]]


@require_safe
def report_detail(request: Request, code: str, month: date) -> HttpResponse:
    slot = slot_or_404(request, code, month, selectors.slots_with_people)
    report = slot.standing_report
    history = selectors.history_of(slot)
    main, others = buttons(slot, request.user)
    before = selectors.report_before(slot)
    context = {
        "slot": slot,
        "report": report,
        "title": title_of(slot),
        "crumbs": crumbs(slot),
        **selectors.state_of(slot.status, slot.due_on),
        "facts": _facts(slot),
        "main": main,
        "others": others,
        "needs_colleague": _needs_colleague(slot, request.user),
        "groups": selectors.figure_groups(report, before) if report else [],
        "before": before,
        "versions": selectors.versions_of(slot),
        "reason": selectors.open_reason(slot),
        "months": by_month(history),
    }
    return render(request, "reports/monthly/report_detail.html", context)


@require_safe
def report_receipt(request: Request, code: str, month: date) -> HttpResponse:
    """Proof that the month arrived: only what is committed has a number."""
    slot = slot_or_404(request, code, month)
    version = selectors.latest_version(slot)
    if version is None:
        raise Http404
    onward = [
        (_("See this report"), selectors.report_url(code, month)),
        (
            _("Other months of this village"),
            reverse("monthly:village_reports", args=[code]),
        ),
        (_("All monthly reports"), reverse("monthly:report_list")),
    ]
    context = {
        "slot": slot,
        "title": title_of(slot),
        "crumbs": crumbs(slot, _("Receipt")),
        "receipt_number": version.receipt_number,
        "sent_at": version.submitted_at,
        "what_next": _what_next(slot),
        "onward": onward,
        "draft_key": draft_key(request, slot),
    }
    return render(request, "reports/monthly/report_receipt.html", context)


def _needs_colleague(slot: ReportSlot, user: User) -> bool:
    """Whether this officer could verify it, had somebody else entered it."""
    waits = slot.status == ReportSlot.Status.SUBMITTED
    return waits and entered(slot, user) and access.may(user, "report.verify", slot)


def _what_next(slot: ReportSlot) -> str:
    if slot.status == ReportSlot.Status.VERIFIED:
        return _("The report is verified. You have nothing more to do.")
    return _(
        "An immigration officer looks at the figures and verifies them. "
        "You need not send them again."
    )


def title_of(slot: ReportSlot) -> str:
    return _("Report of %(village)s, %(month)s") % {
        "village": slot.village.name,
        "month": month_of(slot),
    }


def month_of(slot: ReportSlot) -> str:
    return date_format(slot.month, "YEAR_MONTH_FORMAT")


def draft_key(request: Request, slot: ReportSlot) -> str:
    """Names the copy of the figures on this person's phone."""
    return f"bulanan-{request.user.pk}-{slot.pk}"


def crumbs(slot: ReportSlot, here: str = "") -> Crumbs:
    code = slot.village.code
    month = selectors.report_url(code, slot.month) if here else None
    trail: Crumbs = [
        (_("Monthly reports"), reverse("monthly:report_list")),
        (str(slot.village), reverse("monthly:village_reports", args=[code])),
        (month_of(slot), month),
    ]
    return [*trail, (here, None)] if here else trail


def _facts(slot: ReportSlot) -> list[tuple[str, str]]:
    report = slot.standing_report
    facts = [
        (_("Village"), str(slot.village)),
        (_("Due"), date_format(slot.due_on, "DATE_FORMAT")),
    ]
    if report and report.submitted_at:
        how = f" ({report.get_channel_display()})" if report.is_on_behalf else ""
        facts += [
            (_("Arrived"), wib(report.submitted_at)),
            (_("Entered by"), f"{report.entered_by}{how}"),
        ]
    if report and report.verified_by:
        facts.append((_("Verified by"), str(report.verified_by)))
    return facts
