from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from desabinaan.accounts.addresses import absolute_url
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import PasswordTicket


def slip(
    request: Request, ticket: PasswordTicket, code: str, back_url: str
) -> HttpResponse:
    """Show the page to print with a one-time code; it is shown only once."""
    context = {
        "account": ticket.user,
        "code": code,
        "address": absolute_url(reverse("accounts:use_code")),
        "until": ticket.expires_at,
        "back_url": back_url,
    }
    return render(request, "accounts/slip.html", context)
