"""The villages' lists as files, by the filters and the sight of their pages."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_answer
from desabinaan.accounts.http import Request
from desabinaan.lib.listing import ordered
from villages.forms.accounts import PersonFilter, RequestFilter
from villages.forms.assignments import ZoningFilter
from villages.forms.outreach_filter import OutreachFilter
from villages.forms.register import RegisterFilter
from villages.forms.vulnerability import ScoreFilter
from villages.selectors import (
    account_requests,
    people,
    sheets,
    sheets_of_imports,
    sheets_of_work,
    zoning,
)
from villages.selectors.outreach import outreach_rows, outreach_sorts
from villages.selectors.register import register_choices, register_sorts
from villages.selectors.vulnerability_list import score_rows, score_sorts
from villages.standing import require_somewhere


@require_POST
def village_export(request: Request) -> HttpResponseBase:
    require_somewhere(request.user, "village.view")
    form = RegisterFilter(request.GET, offered=register_choices(request.user))
    form.is_valid()
    rows = form.narrow(sheets.register_file_rows(request.user, form.day))
    rows = ordered(request.GET, rows, register_sorts())
    return list_answer(request, sheets.register_file(form.day), rows, form)


@require_POST
def outreach_export(request: Request) -> HttpResponseBase:
    user = request.user
    require_somewhere(user, "outreach.view")
    form = OutreachFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    rows = ordered(request.GET, form.narrow(outreach_rows(user)), outreach_sorts())
    return list_answer(request, sheets_of_work.outreach_file(), rows, form)


@require_POST
def vulnerability_export(request: Request) -> HttpResponseBase:
    user = request.user
    require_somewhere(user, "vulnerability.view")
    form = ScoreFilter(request.GET, offered=register_choices(user))
    form.is_valid()
    rows = ordered(request.GET, form.narrow(score_rows(user)), score_sorts())
    return list_answer(request, sheets_of_work.vulnerability_file(), rows, form)


@require_POST
def zoning_export(request: Request) -> HttpResponseBase:
    """The area that the page shows; the file names its office, chosen or not."""
    user = request.user
    require_somewhere(user, "office.view")
    area = zoning.area_of(user, "office.view", request.GET.get("kantor", ""))
    if area is None:
        return redirect("villages:zoning")
    asked = request.GET.copy()
    asked["kantor"] = str(area.office.pk)
    officers = zoning.officers_of(user, area.office)
    form = ZoningFilter(asked, area=area, officers=officers)
    form.is_valid()
    rows = zoning.zoning_file_rows(form.narrow(area.villages))
    return list_answer(request, sheets.zoning_file(), rows, form)


@require_POST
def vulnerability_model_export(request: Request) -> HttpResponseBase:
    """All versions with their weights: a row per version and indicator."""
    require_somewhere(request.user, "vulnerability.view")
    rows = sheets_of_work.model_file_rows(request.user)
    return list_answer(request, sheets_of_work.model_file(), rows)


@require_POST
def figure_import_export(request: Request) -> HttpResponseBase:
    """All spreadsheets in sight; the page names the latest."""
    require_somewhere(request.user, "vulnerability.enter")
    rows = sheets_of_imports.figure_import_file_rows(request.user)
    return list_answer(request, sheets_of_imports.figure_import_file(), rows)


@require_POST
def import_export(request: Request) -> HttpResponseBase:
    """All lists in sight; the page names the latest."""
    require_somewhere(request.user, "village.import")
    rows = sheets_of_imports.import_file_rows(request.user)
    return list_answer(request, sheets_of_imports.import_file(), rows)


@require_POST
def person_export(request: Request) -> HttpResponseBase:
    require_somewhere(request.user, "account.issue_code")
    form = PersonFilter(request.GET)
    form.is_valid()
    rows = people.person_rows(request.user, form.cleaned_data.get("q", ""))
    rows = ordered(request.GET, rows, people.person_sorts())
    return list_answer(request, sheets.person_file(), rows, form)


@require_POST
def account_request_export(request: Request) -> HttpResponseBase:
    account_requests.require_part_in_requests(request.user)
    form = RequestFilter(request.GET)
    form.is_valid()
    status = form.cleaned_data.get("status", "")
    rows = account_requests.request_rows(request.user, status)
    rows = ordered(request.GET, rows, account_requests.request_sorts())
    return list_answer(request, sheets.account_request_file(), rows, form)
