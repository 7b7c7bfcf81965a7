from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from villages.outreach.presenters.lists import ACTIVITIES
from villages.places.permissions import require_capability_anywhere


@require_POST
def outreach_export(request: Request) -> HttpResponseBase:
    require_capability_anywhere(request.user, "outreach.view")
    return ACTIVITIES.file_response(request)
