"""The list of sessions as a file, with the filters and visibility of its page."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import ordered
from fgd.agencies.permissions import require_capability_anywhere
from fgd.sessions import selectors
from fgd.sessions.forms.sessions import SessionFilter
from fgd.sessions.presenters import files
from villages.places import selectors as places_selectors


@require_POST
def session_export(request: Request) -> HttpResponseBase:
    require_capability_anywhere(request.user, "session.view_final")
    hosts = places_selectors.host_offices(request.user, "session.view")
    form = SessionFilter(request.GET, offices=hosts)
    found = form.narrowed(selectors.session_rows(request.user))
    rows = selectors.list_values(found)
    rows = ordered(request.GET, rows, files.session_sorts())
    return list_response(request, files.session_file(), rows, form)
