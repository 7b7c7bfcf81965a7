"""Filling in a month: the form, its draft, a nil report, entry for the village."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.transitions import check_transition
from reports.monthly import selectors, services
from reports.monthly.forms import NilForm, OnBehalfForm, ReportFiguresForm
from reports.monthly.models import ReportSlot
from reports.monthly.presenters.pages import crumbs_to_month, draft_key, month_of
from reports.monthly.presenters.slots import report_url
from reports.monthly.workflow import REPORT

PAGE, RECEIPT = "monthly:report_detail", "monthly:report_receipt"


@require_form_methods
@back_to(PAGE)
@reads_form(ReportFiguresForm)
def report_fill(request: Request, code: str, month: date) -> HttpResponse:
    """Show the form with the month's figures, and send them."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    access.require(request.user, "report.submit", slot)
    form = ReportFiguresForm(post_or_none(request), slot=slot)
    if request.method != "POST":
        check_transition(REPORT, "submit", slot.status, slot)
    elif form.is_valid():
        if not any(form.figures.values()):
            check_transition(REPORT, "submit", slot.status, slot)
            return _nil_page(request, slot, NilForm(slot=slot))
        values = form.service_data
        sent = run_service(
            form, services.submit, slot, **values, acting_user=request.user
        )
        if sent is not None:
            return _receipt(request, sent, slot)
    return _fill_page(request, slot, form)


@require_POST
@back_to(PAGE)
@reads_form(ReportFiguresForm)
def report_save_draft(request: Request, code: str, month: date) -> HttpResponse:
    """Keep the figures for later."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    access.require(request.user, "report.submit", slot)
    form = ReportFiguresForm(request.POST, slot=slot, is_draft=True)
    if form.is_valid():
        report = run_service(
            form,
            services.save_draft,
            slot,
            typed=form.figures,
            seen=form.cleaned_data["version"],
            acting_user=request.user,
        )
        if report is not None:
            message = _("Your draft is saved. The report is not sent yet.")
            messages.success(request, message)
            return redirect(PAGE, code, month)
    return _fill_page(request, slot, form)


@require_form_methods
@back_to(PAGE)
@reads_form(NilForm)
def report_nil(request: Request, code: str, month: date) -> HttpResponse:
    """Ask whether nothing happened, and send a nil report."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    access.require(request.user, "report.submit", slot)
    form = NilForm(post_or_none(request), slot=slot)
    if form.is_valid():
        values = form.service_data
        sent = run_service(
            form, services.submit_nil, slot, **values, acting_user=request.user
        )
        if sent is not None:
            return _receipt(request, sent, slot)
    check_transition(REPORT, "submit", slot.status, slot)
    return _nil_page(request, slot, form)


@require_form_methods
@back_to(PAGE)
@reads_form(OnBehalfForm)
def report_on_behalf(request: Request, code: str, month: date) -> HttpResponse:
    """Enter the month's figures in the village's name."""
    slots = selectors.visible_slots(request.user)
    slot = get_object_or_404(slots, village__region_id=code, month=month)
    access.require(request.user, "report.enter_on_behalf", slot)
    form = OnBehalfForm(post_or_none(request), slot=slot)
    if request.method != "POST":
        check_transition(REPORT, "enter_on_behalf", slot.status, slot)
    elif form.is_valid():
        values = form.service_data
        sent = run_service(
            form, services.enter_on_behalf, slot, **values, acting_user=request.user
        )
        if sent is not None:
            return _receipt(request, sent, slot)
    return _on_behalf_page(request, slot, form)


# --- Their pages -------------------------------------------------------------


def _receipt(
    request: Request, sent: services.SendResult, slot: ReportSlot
) -> HttpResponse:
    """Lead to the receipt; say so when the same form had arrived before."""
    if sent.is_repeat:
        when = local_time(sent.version.submitted_at)
        messages.info(
            request,
            _("We already received this report on %(when)s. Nothing was saved twice.")
            % {"when": when},
        )
    return redirect(RECEIPT, slot.village.code, slot.month)


def _fill_page(
    request: Request, slot: ReportSlot, form: ReportFiguresForm
) -> HttpResponse:
    form.prepare_retry()
    form.show_before(selectors.report_before(slot))
    context = {
        "slot": slot,
        "form": form,
        "nil_form": NilForm(slot=slot, auto_id="nil_%s"),
        "crumbs": [*crumbs_to_month(slot), (_("Fill in"), None)],
        "month": month_of(slot),
        "reason": selectors.open_reason(slot),
        "may_save_draft": slot.status in REPORT["save_draft"].sources,
        "keep_draft": draft_key(request.user, slot),
        "cancel_url": report_url(slot.village.code, slot.month),
    }
    return render(request, "monthly/report_fill.html", context)


def _nil_page(request: Request, slot: ReportSlot, form: NilForm) -> HttpResponse:
    form.prepare_retry()
    month = {"month": month_of(slot)}
    return confirmation_page(
        request,
        form,
        title=_("Nil report for %(month)s") % month,
        question=_("Did nothing happen in %(month)s?") % month,
        explanation=_(
            "Then every figure counts as 0. Until an officer verifies the report, "
            "you can still change it."
        ),
        submit_label=_("Send a nil report for %(month)s") % month,
        cancel_url=report_url(slot.village.code, slot.month),
        crumbs=crumbs_to_month(slot),
        post_url=reverse("monthly:report_nil", args=[slot.village.code, slot.month]),
    )


def _on_behalf_page(
    request: Request, slot: ReportSlot, form: OnBehalfForm
) -> HttpResponse:
    form.prepare_retry()
    form.show_before(selectors.report_before(slot))
    month = month_of(slot)
    return form_page(
        request,
        form,
        title=_("%(month)s report for %(village)s")
        % {"month": month, "village": slot.village},
        submit_label=_("Send the %(month)s report") % {"month": month},
        cancel_url=report_url(slot.village.code, slot.month),
        crumbs=crumbs_to_month(slot),
        template="monthly/report_on_behalf.html",
        intro=_intro_on_behalf(slot),
        keep_draft=draft_key(request.user, slot),
        reason=selectors.open_reason(slot),
        slot=slot,
    )


def _intro_on_behalf(slot: ReportSlot) -> str:
    intro = _(
        "Enter the figures the village reported. The report is marked as entered "
        "by an officer, and a colleague verifies it. Counts only, no names. Blank "
        "fields count as 0."
    )
    report = slot.current_report
    if report is None or not report.is_draft:
        return intro
    draft = _(
        "The village has saved a draft and not sent it. Its figures are not shown "
        "here. What you send replaces the draft."
    )
    return f"{intro} {draft}"
