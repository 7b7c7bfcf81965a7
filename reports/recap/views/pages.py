from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from reports.recap.selectors.home import home_for
from villages.selectors.reference import hotlines, laws_in_force, urgent_of


@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for whoever is signed in."""
    context = {
        "home": home_for(request.user),
        "urgent_hotlines": urgent_of(hotlines()),
    }
    return render(request, "reports/recap/home.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"urgent_hotlines": urgent_of(hotlines())}
    return render(request, "reports/recap/privacy.html", context)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    numbers = hotlines()
    context = {
        "hotlines": numbers,
        "urgent_hotlines": urgent_of(numbers),
        "laws": laws_in_force(),
    }
    return render(request, "reports/recap/help.html", context)
