from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from reports.recap.selectors.overview import overview_of
from reports.recap.selectors.village_file import visible_village
from villages.tabs import village_tabs
from villages.workflow import VILLAGE_TONES


@require_safe
def village_overview(request: Request, code: str) -> HttpResponse:
    """One village on one page, as far as its reader may see."""
    village = visible_village(request.user, code)
    context = {
        "overview": overview_of(village, request.user),
        "village": village,
        "tone": VILLAGE_TONES[village.Status(village.status)],
        "tabs": village_tabs(village, "overview", request.user),
        "judges": may(request.user, "vulnerability.view", village),
        "crumbs": [(_("Villages"), reverse("villages:village_list")), (village, None)],
    }
    return render(request, "reports/recap/village_overview.html", context)
