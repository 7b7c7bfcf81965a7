from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from desabinaan.portal.presenters.home import home_for
from villages.places.selectors.reference import hotlines, laws_in_force, urgent_of


@require_safe
def home(request: Request) -> HttpResponse:
    """Show the tasks of the signed-in user."""
    context = {
        "home": home_for(request.user),
        "urgent_hotlines": urgent_of(hotlines()),
    }
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"urgent_hotlines": urgent_of(hotlines())}
    return render(request, "portal/privacy.html", context)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    numbers = hotlines()
    context = {
        "hotlines": numbers,
        "urgent_hotlines": urgent_of(numbers),
        "laws": laws_in_force(),
    }
    return render(request, "portal/help.html", context)
