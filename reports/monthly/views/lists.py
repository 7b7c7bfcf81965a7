"""Lists of months: all visible ones, one village's, and the next to verify."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.web.paging import Order, keyset_page
from reports.monthly import selectors
from reports.monthly.presenters.lists import MONTHLY_REPORTS
from reports.monthly.presenters.pages import task_of
from reports.monthly.presenters.slots import lines, month_strip
from villages.places.permissions import (
    has_capability_anywhere,
    require_capability_anywhere,
)
from villages.register.presenters.tabs import village_tabs


@require_safe
def report_list(request: Request) -> HttpResponse:
    """List the visible months, filtered."""
    user = request.user
    require_capability_anywhere(user, "report.view")
    form, listing = MONTHLY_REPORTS.page(request)
    context = {
        "listing": listing,
        "lines": lines(listing.rows),
        "form": form,
        "tasks": [task_of(slot) for slot in selectors.due_in_own_village(user)],
        "verifies": has_capability_anywhere(user, "report.verify"),
    }
    return render(request, "monthly/report_list.html", context)


@require_POST
def report_export(request: Request) -> HttpResponseBase:
    """Download the filtered list with the figures of each report."""
    require_capability_anywhere(request.user, "report.view")
    return MONTHLY_REPORTS.file_response(request)


@require_safe
def village_reports(request: Request, code: str) -> HttpResponse:
    """List the months of one village."""
    village = get_object_or_404(
        selectors.visible_villages(request.user), region_id=code
    )
    rows = selectors.slots_of_village(village)
    page = keyset_page(
        rows, Order("month", descending=True), request.GET.get(CURSOR, "")
    )
    context = {
        "village": village,
        "tabs": village_tabs(village, "reports", request.user),
        "month_strip": month_strip(village),
        "lines": lines(page.rows),
        "next_url": f"?{CURSOR}={page.next_cursor}" if page.next_cursor else "",
        "first_url": "?" if CURSOR in request.GET else "",
    }
    return render(request, "monthly/village_reports.html", context)


@require_safe
def report_next(request: Request) -> HttpResponse:
    """Open the oldest report that this user may verify."""
    require_capability_anywhere(request.user, "report.verify")
    return to_next(request)


def to_next(request: Request) -> HttpResponse:
    """Redirect to the oldest report to verify, or to the list if there is none."""
    slot = selectors.next_to_verify(request.user)
    if slot:
        return redirect("monthly:report_detail", slot.village.code, slot.month)
    messages.info(request, _("There is no report for you to verify."))
    return redirect("monthly:report_list")
