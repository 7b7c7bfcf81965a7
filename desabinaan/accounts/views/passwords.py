"""Set a password without the old one: by a link, or by a code from the office."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desabinaan.accounts import selectors, services
from desabinaan.accounts.credential_delivery import mail_link
from desabinaan.accounts.forms import ForgotForm, NewPasswordForm, SlipCodeForm
from desabinaan.accounts.rate_limits import count_request
from desabinaan.lib.web import error_pages
from desabinaan.lib.web.form_pages import (
    post_or_none,
    require_form_methods,
    run_service,
)
from desabinaan.lib.workflow.transitions import IllegalTransition

#: Session key: the ticket whose secret this browser has presented.
TICKET = "password_ticket"
#: One address may ask for so many links, or try so many codes, in so many minutes.
MOST_TRIES, PAUSE_MINUTES = 30, 15


@login_not_required
@never_cache
@require_form_methods
def forgot(request: HttpRequest) -> HttpResponse:
    """Send a link if possible; the response is the same for everybody."""
    form = ForgotForm(post_or_none(request))
    if not form.is_valid():
        context = _form_context(form, _("Send the link"))
        return render(request, "accounts/forgot.html", context)
    if not count_request(request, "forgot", most=MOST_TRIES, minutes=PAUSE_MINUTES):
        return error_pages.too_many(request, minutes=PAUSE_MINUTES)
    found = services.request_link(form.cleaned_data["username"])
    if found is not None:
        mail_link(*found)
    context = {"hours": settings.PASSWORD_LINK_HOURS}
    return render(request, "accounts/forgot_done.html", context)


@login_not_required
@never_cache
@require_form_methods
def use_code(request: HttpRequest) -> HttpResponse:
    """Check the code of a slip and continue to the new password."""
    form = SlipCodeForm(post_or_none(request))
    if form.is_valid():
        if not count_request(request, "slip", most=MOST_TRIES, minutes=PAUSE_MINUTES):
            return error_pages.too_many(request, minutes=PAUSE_MINUTES)
        tried = form.cleaned_data
        ticket = services.try_code(tried["username"], tried["code"])
        if ticket is not None:
            return _to_new_password(request, ticket.pk)
        form.add_error(
            None,
            _(
                "The user name and the code do not match, or the code has expired. "
                "After five wrong tries a code is no longer valid. Ask your office "
                "for a new one."
            ),
        )
    return render(request, "accounts/use_code.html", _form_context(form, _("Continue")))


def _form_context(form: Form, submit_label: str) -> dict[str, object]:
    sign_in = reverse("accounts:sign_in")
    return {"form": form, "submit_label": submit_label, "cancel_url": sign_in}


@login_not_required
@never_cache
@require_safe
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect from the address with the token to the password form.

    A GET uses nothing up: programs that check e-mails follow links, too.
    """
    ticket = selectors.open_link(token)
    response = (
        _ticket_ended(request)
        if ticket is None
        else _to_new_password(request, ticket.pk)
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
@require_form_methods
def new_password(request: HttpRequest) -> HttpResponse:
    """Set the new password of the ticket's holder."""
    ticket_id = request.session.get(TICKET, 0)
    holder = selectors.holder_of(ticket_id)
    if holder is None:
        return _ticket_ended(request)
    form = NewPasswordForm(post_or_none(request))
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            done = run_service(form, services.use_ticket, ticket_id, password)
        except IllegalTransition:
            return _ticket_ended(request)
        if done is not None:
            logout(request)
            messages.success(
                request, _("Your new password is set. Please sign in with it.")
            )
            return redirect("accounts:sign_in")
    context = _form_context(form, _("Save password")) | {"holder": holder}
    return render(request, "accounts/new_password.html", context)


def _to_new_password(request: HttpRequest, ticket_id: int) -> HttpResponse:
    request.session[TICKET] = ticket_id
    return redirect("accounts:new_password")


def _ticket_ended(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/ticket_ended.html", status=410)
