from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from reports.recap.hotlines import CHECKED, HOTLINES
from reports.recap.selectors.home import home_for
from reports.recap.selectors.overview import overview_of, visible_village
from villages.tabs import village_tabs
from villages.workflow import VILLAGE_TONES


@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for whoever is signed in."""
    return render(request, "reports/recap/home.html", {"home": home_for(request.user)})


@require_safe
def village_overview(request: Request, code: str) -> HttpResponse:
    """One village on one page, as far as its reader may see."""
    village = visible_village(request.user, code)
    context = {
        "overview": overview_of(village, request.user),
        "village": village,
        "tone": VILLAGE_TONES[village.Status(village.status)],
        "tabs": village_tabs(village, "overview", request.user),
        "crumbs": [(_("Villages"), reverse("villages:village_list")), (village, None)],
    }
    return render(request, "reports/recap/village_overview.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/recap/privacy.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    context = {"hotlines": HOTLINES, "checked": CHECKED}
    return render(request, "reports/recap/help.html", context)
