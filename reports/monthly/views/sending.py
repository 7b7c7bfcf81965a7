"""Filling in a month: the form, its draft, nothing to report, for the village."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.templatetags.portal import wib
from desabinaan.lib.transitions import step
from reports.monthly import actions, selectors
from reports.monthly.actions import Sent
from reports.monthly.forms import FiguresForm, OnBehalfForm, SlotForm
from reports.monthly.models import ReportSlot
from reports.monthly.views.detail import crumbs, draft_key, month_of
from reports.monthly.views.fetching import slot_or_404
from reports.monthly.workflow import REPORT

PAGE = "monthly:report_detail"


@require_http_methods(["GET", "HEAD", "POST"])
@back_to(PAGE)
def report_fill(request: Request, code: str, month: date) -> HttpResponse:
    """The month's figures, typed by the village and sent."""
    slot = _to_write(request, code, month, "submit")
    form = FiguresForm(posted(request), slot=slot)
    if sent := _sent(request, slot, form, actions.submit):
        return _to_receipt(request, slot, sent)
    return _fill_page(request, slot, form)


@require_POST
@back_to(PAGE)
def report_save_draft(request: Request, code: str, month: date) -> HttpResponse:
    slot = _to_write(request, code, month, "save_draft")
    form = FiguresForm(request.POST, slot=slot)
    if form.is_valid():
        deed = partial(
            actions.save_draft,
            slot,
            figures=form.figures,
            seen=form.cleaned_data["version"],
            acting_user=request.user,
        )
        if attempt(form, deed):
            told = _("Your draft is saved. The report is not sent yet.")
            messages.success(request, told)
            return redirect(PAGE, code, month)
    return _fill_page(request, slot, form)


@require_http_methods(["GET", "HEAD", "POST"])
@back_to(PAGE)
def report_nil(request: Request, code: str, month: date) -> HttpResponse:
    """The village says with one tap that nothing happened."""
    slot = _to_write(request, code, month, "submit")
    form = SlotForm(posted(request), slot=slot)
    if sent := _sent(request, slot, form, actions.submit_nil):
        return _to_receipt(request, slot, sent)
    context = _around(request, slot, form, _("Nil report"))
    return render(request, "reports/monthly/report_nil.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@back_to(PAGE)
def report_on_behalf(request: Request, code: str, month: date) -> HttpResponse:
    """The month's figures, entered by an officer in the village's name."""
    slot = _to_write(request, code, month, "enter_on_behalf")
    form = OnBehalfForm(posted(request), slot=slot)
    if sent := _sent(request, slot, form, actions.enter_on_behalf):
        return _to_receipt(request, slot, sent)
    form.show_before(selectors.report_before(slot))
    context = _around(request, slot, form, _("Enter for the village"))
    return render(request, "reports/monthly/report_on_behalf.html", context)


# --- What they share ---------------------------------------------------------


def _to_write(request: Request, code: str, month: date, verb: str) -> ReportSlot:
    """The month in sight that this person may write; when only looked at, also now."""
    slot = slot_or_404(request, code, month)
    access.require(request.user, REPORT[verb].capability, slot)
    if request.method != "POST":
        step(REPORT, verb, slot.status)
    return slot


def _sent(
    request: Request, slot: ReportSlot, form: SlotForm, deed: Callable[..., Sent]
) -> Sent | None:
    if not form.is_valid():
        return None
    return attempt(form, partial(deed, slot, **form.told, acting_user=request.user))


def _to_receipt(request: Request, slot: ReportSlot, sent: Sent) -> HttpResponse:
    if sent.is_repeat:
        told = _("We already received this report on %(when)s. Nothing is doubled.")
        messages.info(request, told % {"when": wib(sent.version.submitted_at)})
    return redirect("monthly:report_receipt", slot.village.code, slot.month)


def _fill_page(request: Request, slot: ReportSlot, form: FiguresForm) -> HttpResponse:
    form.show_before(selectors.report_before(slot))
    context = _around(request, slot, form, _("Fill in")) | {
        "nil_form": SlotForm(slot=slot, auto_id="nil_%s"),
        "may_save_draft": slot.status in REPORT["save_draft"].sources,
    }
    return render(request, "reports/monthly/report_fill.html", context)


def _around(
    request: Request, slot: ReportSlot, form: SlotForm, here: str
) -> dict[str, Any]:
    """What the pages with a form show; a refused form is made ready for another try."""
    code = slot.village.code
    now = slot_or_404(request, code, slot.month) if form.is_bound else slot
    form.make_ready_again(now)
    return {
        "slot": slot,
        "form": form,
        "crumbs": crumbs(slot, here),
        "month": month_of(slot),
        "changes": selectors.differences(now.standing_report, form.figures),
        "reason": selectors.open_reason(slot),
        "keep_draft": draft_key(request, slot),
        "cancel_url": reverse(PAGE, args=[code, slot.month]),
    }
