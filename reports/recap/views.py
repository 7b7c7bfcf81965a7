from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desabinaan.accounts.http import Request
from reports.recap.hotlines import CHECKED, HOTLINES


def home(request: Request) -> HttpResponse:
    """What waits for whoever is signed in."""
    return render(request, "reports/recap/home.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/recap/privacy.html")


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    context = {"hotlines": HOTLINES, "checked": CHECKED}
    return render(request, "reports/recap/help.html", context)
