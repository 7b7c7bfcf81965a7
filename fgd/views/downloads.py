"""The lists of this floor as files, by the filters and the sight of their pages."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_answer
from desabinaan.accounts.http import Request
from desabinaan.lib.listing import ordered
from fgd.forms.agencies import AgencyFilter
from fgd.forms.sessions import SessionFilter
from fgd.selectors import agencies, sessions, sheets
from fgd.standing import require_somewhere


@require_POST
def session_export(request: Request) -> HttpResponseBase:
    require_somewhere(request.user, "session.view_final")
    hosts = sessions.host_offices(request.user, "session.view")
    form = SessionFilter(request.GET, offices=hosts)
    found = form.narrowed(sessions.session_rows(request.user))
    rows = sessions.told_in_rows(found)
    rows = ordered(request.GET, rows, sessions.session_sorts())
    return list_answer(request, sheets.session_file(), rows, form)


@require_POST
def agency_export(request: Request) -> HttpResponseBase:
    require_somewhere(request.user, "agency.look_up")
    form = AgencyFilter(request.GET)
    form.is_valid()
    rows = agencies.agency_rows(request.user, form.cleaned_data.get("cari", ""))
    file = sheets.agency_file(agencies.reads_agencies(request.user))
    return list_answer(request, file, rows, form)
