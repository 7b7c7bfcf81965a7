"""What an officer, or the village, says about a report that was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_stubs_ext import StrOrPromise

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.transitions import step
from reports.monthly import actions
from reports.monthly.forms import ReasonForm, VersionForm
from reports.monthly.models import ReportSlot
from reports.monthly.views.detail import crumbs, month_of
from reports.monthly.views.fetching import slot_or_404
from reports.monthly.views.lists import to_next
from reports.monthly.workflow import REPORT
from villages.standing import may_somewhere

PAGE = "monthly:report_detail"


@dataclass(frozen=True, slots=True)
class Question:
    """The page that asks for a reason: its words and the deed that follows."""

    verb: str
    deed: Callable[..., ReportSlot]
    title: StrOrPromise
    intro: StrOrPromise
    hint: StrOrPromise
    done: StrOrPromise


RETURN = Question(
    "return",
    actions.return_report,
    gettext_lazy("Return the report"),
    gettext_lazy("The village corrects the figures and sends them again."),
    gettext_lazy("Say which figure to look at. The village reads this."),
    gettext_lazy("The report is returned to the village."),
)
CORRECTION = Question(
    "request_correction",
    actions.request_correction,
    gettext_lazy("Ask for a correction"),
    gettext_lazy(
        "The verified figures are kept as a version. You can then send new ones."
    ),
    gettext_lazy("Say which figure is wrong. The officer reads this."),
    gettext_lazy("You can now correct the figures and send them again."),
)
EXCUSE = Question(
    "excuse",
    actions.excuse,
    gettext_lazy("Excuse this month"),
    gettext_lazy("The village then owes no report for this month."),
    gettext_lazy("For example: flood, or no village office. The village reads this."),
    gettext_lazy("The month is excused."),
)


@require_POST
@back_to(PAGE)
def report_verify(request: Request, code: str, month: date) -> HttpResponse:
    """The figures looked at are verified; on to the next report that waits."""
    slot = slot_or_404(request, code, month)
    access.require(request.user, "report.verify", slot)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Look at the figures once more, then verify."))
        return redirect(PAGE, code, month)
    seen = form.cleaned_data["version"]
    actions.verify(slot, seen=seen, acting_user=request.user)
    messages.success(request, _told(slot, _("%(report)s is verified.")))
    return to_next(request)


@require_http_methods(["GET", "HEAD", "POST"])
@back_to(PAGE)
def report_return(request: Request, code: str, month: date) -> HttpResponse:
    slot = slot_or_404(request, code, month)
    if page := _page_until_answered(request, slot, RETURN):
        return page
    if may_somewhere(request.user, "report.verify"):
        return to_next(request)
    return redirect(PAGE, code, month)


@require_http_methods(["GET", "HEAD", "POST"])
@back_to(PAGE)
def report_request_correction(request: Request, code: str, month: date) -> HttpResponse:
    slot = slot_or_404(request, code, month)
    if page := _page_until_answered(request, slot, CORRECTION):
        return page
    return redirect("monthly:report_fill", code, month)


@require_http_methods(["GET", "HEAD", "POST"])
@back_to(PAGE)
def report_excuse(request: Request, code: str, month: date) -> HttpResponse:
    slot = slot_or_404(request, code, month)
    if page := _page_until_answered(request, slot, EXCUSE):
        return page
    return redirect(PAGE, code, month)


def _page_until_answered(
    request: Request, slot: ReportSlot, question: Question
) -> HttpResponse | None:
    """The page that asks for a reason; None once the deed is done."""
    access.require(request.user, REPORT[question.verb].capability, slot)
    form = ReasonForm(posted(request), hint=str(question.hint))
    if request.method != "POST":
        step(REPORT, question.verb, slot.status)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        deed = partial(question.deed, slot, reason=reason, acting_user=request.user)
        if attempt(form, deed):
            messages.success(request, str(question.done))
            return None
    return render(
        request, "reports/monthly/report_reason.html", _asking(slot, question, form)
    )


def _asking(
    slot: ReportSlot, question: Question, form: ReasonForm
) -> dict[str, object]:
    return {
        "slot": slot,
        "form": form,
        "title": question.title,
        "month": month_of(slot),
        "intro": question.intro,
        "submit_label": REPORT[question.verb].label,
        "cancel_url": reverse(PAGE, args=[slot.village.code, slot.month]),
        "crumbs": crumbs(slot, str(question.title)),
    }


def _told(slot: ReportSlot, sentence: str) -> str:
    report = _("The report of %(village)s for %(month)s") % {
        "village": slot.village,
        "month": month_of(slot),
    }
    return sentence % {"report": report}
