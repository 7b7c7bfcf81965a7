"""The list of sessions as a file, with the filters and visibility of its page."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from fgd.agencies.permissions import require_capability_anywhere
from fgd.sessions.presenters.lists import SESSIONS


@require_POST
def session_export(request: Request) -> HttpResponseBase:
    require_capability_anywhere(request.user, "session.view_final")
    return SESSIONS.file_response(request)
