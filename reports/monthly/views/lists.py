"""Months to look through: all in sight, one village's, and the next to verify."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.exports import list_answer
from desabinaan.accounts.http import Request
from desabinaan.lib.listing import CURSOR, Sort, listing, ordered
from desabinaan.lib.paging import Order, keyset_page
from reports.monthly import selectors
from reports.monthly.forms import SlotFilter
from reports.monthly.models import ReportSlot
from reports.monthly.selectors import sheets
from villages.standing import may_somewhere, require_somewhere
from villages.tabs import village_tabs


@require_safe
def report_list(request: Request) -> HttpResponse:
    user = request.user
    require_somewhere(user, "report.view")
    form = SlotFilter(request.GET, user=user)
    rows = form.narrow(selectors.slot_rows(user))
    page = listing(request.GET, rows, _sorts(), form)
    context = {
        "page": page,
        "lines": selectors.lines(page.rows),
        "form": form,
        "tasks": [_task(slot) for slot in selectors.due_in_own_village(user)],
        "verifies": may_somewhere(user, "report.verify"),
    }
    return render(request, "reports/monthly/report_list.html", context)


@require_POST
def report_export(request: Request) -> HttpResponseBase:
    """The months in sight as a file, figures included."""
    require_somewhere(request.user, "report.view")
    form = SlotFilter(request.GET, user=request.user)
    rows = form.narrow(sheets.slot_file_rows(request.user))
    rows = ordered(request.GET, rows, _sorts())
    return list_answer(request, sheets.slot_file(), rows, form)


def _sorts() -> dict[str, Sort]:
    return {
        "bulan": Sort(Order("month", descending=True), _("Month")),
        "tenggat": Sort(Order("due_on", descending=True), _("Due")),
    }


def _task(slot: ReportSlot) -> dict[str, object]:
    month = date_format(slot.month, "YEAR_MONTH_FORMAT")
    due = _("Due on %(day)s") % {"day": date_format(slot.due_on, "DATE_FORMAT")}
    returned = slot.status == ReportSlot.Status.RETURNED
    words = _("Correct the report of %(month)s") if returned else _("Report %(month)s")
    return {
        "label": words % {"month": month},
        "url": reverse("monthly:report_fill", args=[slot.village.code, slot.month]),
        "icon": "clipboard-pen",
        "text": f"{slot.village} · {due}",
        "tone": selectors.state_of(slot.status, slot.due_on)["tone"],
    }


@require_safe
def village_reports(request: Request, code: str) -> HttpResponse:
    village = get_object_or_404(
        selectors.villages_in_sight(request.user), region_id=code
    )
    rows = selectors.slots_of_village(village)
    page = keyset_page(
        rows, Order("month", descending=True), request.GET.get(CURSOR, "")
    )
    context = {
        "village": village,
        "tabs": village_tabs(village, "reports", request.user),
        "strip": selectors.strip_of(village),
        "lines": selectors.lines(page.rows),
        "next_url": f"?{CURSOR}={page.next_cursor}" if page.next_cursor else "",
        "first_url": "?" if CURSOR in request.GET else "",
    }
    return render(request, "reports/monthly/village_reports.html", context)


@require_safe
def report_next(request: Request) -> HttpResponse:
    """The report that waits longest for this person's verification."""
    require_somewhere(request.user, "report.verify")
    return to_next(request)


def to_next(request: Request) -> HttpResponse:
    """On to the next report that waits, or to the list when none does."""
    slot = selectors.next_to_verify(request.user)
    if slot:
        return redirect("monthly:report_detail", slot.village.code, slot.month)
    messages.info(request, _("No report waits for your verification."))
    return redirect("monthly:report_list")
