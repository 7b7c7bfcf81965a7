"""What an officer or the village decides about a report that was sent."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.forms import ReasonForm
from desabinaan.lib.web.stale_edits import SeenReasonForm
from desabinaan.lib.workflow.seen import latest_event_of
from desabinaan.lib.workflow.transitions import check_transition
from reports.monthly import selectors, services
from reports.monthly.forms import VersionForm
from reports.monthly.models import ReportSlot
from reports.monthly.presenters.figures import figure_groups
from reports.monthly.presenters.pages import crumbs_to_month, month_of
from reports.monthly.presenters.slots import report_url
from reports.monthly.views.lists import to_next
from reports.monthly.workflow import REPORT
from villages.places.permissions import has_capability_anywhere

PAGE = "monthly:report_detail"
#: verb -> what its page asks
QUESTIONS = {
    "return": {
        "title": gettext_lazy("Return the report of %(month)s"),
        "question": gettext_lazy("Return this report to %(village)s?"),
        "explanation": gettext_lazy(
            "The village corrects the figures and sends them again."
        ),
    },
    "request_correction": {
        "title": gettext_lazy("Ask for a correction of %(month)s"),
        "question": gettext_lazy("Ask for a correction of the report of %(village)s?"),
        "explanation": gettext_lazy(
            "The verified figures are kept as a version. You can then send new ones."
        ),
    },
    "excuse": {
        "title": gettext_lazy("Excuse %(month)s"),
        "question": gettext_lazy("Excuse %(village)s from this report?"),
        "explanation": gettext_lazy(
            "The village then does not need to report this month."
        ),
    },
}


@require_POST
@back_to(PAGE)
def report_verify(request: Request, code: str, month: date) -> HttpResponse:
    """Verify the figures that were shown, and open the next report to verify."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    access.require(request.user, "report.verify", slot)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Check the figures again, then verify."))
        return redirect(PAGE, code, month)
    seen = form.cleaned_data["version"]
    services.verify(slot, seen=seen, acting_user=request.user)
    report = _("The report of %(village)s for %(month)s") % {
        "village": slot.village,
        "month": month_of(slot),
    }
    messages.success(request, _("%(report)s is verified.") % {"report": report})
    return to_next(request)


@require_form_methods
@back_to(PAGE)
@reads_form(SeenReasonForm)
def report_return(request: Request, code: str, month: date) -> HttpResponse:
    """Return a report to the village with a reason."""
    slot = selectors.slot_to_decide(request.user, code, month)
    access.require(request.user, "report.return", slot)
    hint = _("Say which figure to check. The village will read this.")
    form = SeenReasonForm(post_or_none(request), hint=hint)
    if form.is_valid():
        values = {**form.cleaned_data, "acting_user": request.user}
        if run_service(form, services.return_report, slot, **values):
            messages.success(request, _("The report is returned to the village."))
            if has_capability_anywhere(request.user, "report.verify"):
                return to_next(request)
            return redirect(PAGE, code, month)
    return _review_page(request, slot, form, "return")


@require_form_methods
@back_to(PAGE)
@reads_form(SeenReasonForm)
def report_request_correction(request: Request, code: str, month: date) -> HttpResponse:
    """Open a verified report for new figures, with a reason."""
    slot = selectors.slot_to_decide(request.user, code, month)
    access.require(request.user, "report.request_correction", slot)
    hint = _("Say which figure is wrong. The officer will read this.")
    form = SeenReasonForm(post_or_none(request), hint=hint)
    if form.is_valid():
        values = {**form.cleaned_data, "acting_user": request.user}
        if run_service(form, services.request_correction, slot, **values):
            message = _("You can now correct the figures and send them again.")
            messages.success(request, message)
            return redirect("monthly:report_fill", code, month)
    return _review_page(request, slot, form, "request_correction")


@require_form_methods
@back_to(PAGE)
@reads_form(ReasonForm)
def report_excuse(request: Request, code: str, month: date) -> HttpResponse:
    """Excuse a village from one month's report, with a reason."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    access.require(request.user, "report.excuse", slot)
    hint = _("For example: flood, or no village office. The village will read this.")
    form = ReasonForm(post_or_none(request), hint=hint)
    if request.method != "POST":
        check_transition(REPORT, "excuse", slot.status, slot)
    elif form.is_valid():
        values = {**form.cleaned_data, "acting_user": request.user}
        if run_service(form, services.excuse, slot, **values):
            messages.success(request, _("The month is excused."))
            return redirect(PAGE, code, month)
    return _reason_page(request, slot, form, "excuse")


def _review_page(
    request: Request, slot: ReportSlot, form: SeenReasonForm, verb: str
) -> HttpResponse:
    """Show the figures that were sent, then ask the question of `verb` about them."""
    check_transition(REPORT, verb, slot.status, slot)
    form.show(latest_event_of(slot))
    before, report = selectors.report_before(slot), slot.current_report
    groups = figure_groups(report, before) if report else []
    template, shown = "monthly/report_review.html", {"groups": groups, "before": before}
    return _reason_page(request, slot, form, verb, template=template, **shown)


def _reason_page(
    request: Request, slot: ReportSlot, form: ReasonForm, verb: str, **context: Any
) -> HttpResponse:
    """Ask the question of `verb` (a key of QUESTIONS) about the report."""
    words = QUESTIONS[verb]
    return confirmation_page(
        request,
        form,
        title=words["title"] % {"month": month_of(slot)},
        question=words["question"] % {"village": slot.village},
        explanation=words["explanation"],
        submit_label=REPORT[verb].label,
        cancel_url=report_url(slot.village.code, slot.month),
        crumbs=crumbs_to_month(slot),
        **context,
    )
