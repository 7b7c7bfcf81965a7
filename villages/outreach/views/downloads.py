from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import ordered
from villages.outreach.forms.filters import OutreachFilter
from villages.outreach.presenters import files
from villages.outreach.presenters.activities import outreach_sorts
from villages.outreach.selectors.activities import outreach_rows
from villages.places.permissions import require_capability_anywhere
from villages.register.selectors.register import register_choices


@require_POST
def outreach_export(request: Request) -> HttpResponseBase:
    user = request.user
    require_capability_anywhere(user, "outreach.view")
    form = OutreachFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    rows = ordered(request.GET, form.narrow(outreach_rows(user)), outreach_sorts())
    return list_response(request, files.outreach_file(), rows, form)
