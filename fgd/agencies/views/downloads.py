from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from fgd.agencies import presenters, selectors
from fgd.agencies.forms.agencies import AgencyFilter
from fgd.agencies.permissions import require_capability_anywhere


@require_POST
def agency_export(request: Request) -> HttpResponseBase:
    require_capability_anywhere(request.user, "agency.look_up")
    form = AgencyFilter(request.GET)
    typed = form.cleaned_data.get("cari", "") if form.is_valid() else ""
    rows = selectors.agency_rows(request.user, typed)
    rows = rows.none() if form.errors else rows
    file = presenters.agency_file(selectors.reads_agencies(request.user))
    return list_response(request, file, rows, form)
