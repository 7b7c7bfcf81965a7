from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from reports.recap.hotlines import CHECKED, HOTLINES
from reports.recap.selectors.home import home_for


@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for whoever is signed in."""
    return render(request, "reports/recap/home.html", {"home": home_for(request.user)})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/recap/privacy.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    context = {"hotlines": HOTLINES, "checked": CHECKED}
    return render(request, "reports/recap/help.html", context)
