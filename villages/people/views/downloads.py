from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import narrowed
from villages.people import selectors
from villages.people.forms.zoning import ZoningFilter
from villages.people.presenters import files
from villages.people.presenters.lists import ACCOUNT_REQUESTS, PEOPLE
from villages.people.selectors.zoning import zoning_file_rows
from villages.places.permissions import require_capability_anywhere


@require_POST
def zoning_export(request: Request) -> HttpResponseBase:
    """Send the villages of the shown area; the file always names its office."""
    user = request.user
    require_capability_anywhere(user, "office.view")
    area = selectors.area_of(user, "office.view", request.GET.get("kantor", ""))
    if area is None:
        return redirect("people:zoning")
    asked = request.GET.copy()
    asked["kantor"] = str(area.office.pk)
    officers = selectors.officers_of(user, area.office)
    form = ZoningFilter(asked, area=area, officers=officers)
    form.is_valid()
    rows = zoning_file_rows(narrowed(form, area.villages))
    return list_response(request, files.zoning_file(), rows, form)


@require_POST
def person_export(request: Request) -> HttpResponseBase:
    require_capability_anywhere(request.user, "account.issue_code")
    return PEOPLE.file_response(request)


@require_POST
def account_request_export(request: Request) -> HttpResponseBase:
    selectors.require_part_in_requests(request.user)
    return ACCOUNT_REQUESTS.file_response(request)
