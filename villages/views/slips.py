from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User


def slip(request: Request, account: User, code: str, back: str) -> HttpResponse:
    """The page to print with a one-time code; it is shown this once."""
    context = {
        "account": account,
        "code": code,
        "hours": settings.OFFICE_CODE_HOURS,
        "address": request.build_absolute_uri(reverse("accounts:use_code")),
        "back": back,
    }
    return render(request, "villages/code_slip.html", context)
