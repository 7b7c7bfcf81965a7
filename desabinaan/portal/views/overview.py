from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.portal.presenters.overview import overview_of
from desabinaan.portal.selectors.village_file import visible_village
from villages.register.presenters.tabs import village_tabs
from villages.register.workflow import VILLAGE_BADGE_STYLES


@require_safe
def village_overview(request: Request, code: str) -> HttpResponse:
    """Show one village on one page, as far as the user may see it."""
    village = visible_village(request.user, code)
    context = {
        "overview": overview_of(village, request.user),
        "village": village,
        "badge_style": VILLAGE_BADGE_STYLES[village.Status(village.status)],
        "tabs": village_tabs(village, "overview", request.user),
        "may_assess": may(request.user, "vulnerability.view", village),
        "crumbs": [(_("Villages"), reverse("register:village_list")), (village, None)],
    }
    return render(request, "portal/village_overview.html", context)
