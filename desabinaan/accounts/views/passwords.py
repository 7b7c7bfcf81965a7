"""Ways to a new password without the old one: a link, or a code from the office."""

from functools import partial

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
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import actions, lockout, selectors
from desabinaan.accounts.forms import CodeForm, ForgotForm, NewPasswordForm
from desabinaan.accounts.handing_out import mail_link
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.transitions import IllegalTransition

#: The ticket whose secret this browser has shown; kept on the server.
TICKET = "password_ticket"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """A link is on its way if it can be; the answer is the same for everybody."""
    form = ForgotForm(posted(request))
    if not form.is_valid():
        context = _filled(form, _("Send the link"))
        return render(request, "accounts/forgot.html", context)
    if lockout.too_often(request, "forgot"):
        return lockout.pause(request)
    found = actions.ask_for_link(form.cleaned_data["username"])
    if found is not None:
        mail_link(request, *found)
    context = {"hours": settings.PASSWORD_LINK_HOURS}
    return render(request, "accounts/forgot_done.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_code(request: HttpRequest) -> HttpResponse:
    """Who holds the slip goes on to set a password; others get one same sentence."""
    form = CodeForm(posted(request))
    if form.is_valid():
        if lockout.too_often(request, "code"):
            return lockout.pause(request)
        ticket = actions.try_code(**_as_tried(form))
        if ticket is not None:
            return _go_on(request, ticket.pk)
        form.add_error(None, _no_such_code())
    return render(request, "accounts/use_code.html", _filled(form, _("Continue")))


def _no_such_code() -> str:
    return _(
        "User name and code do not match, or the code is too old. "
        "After five wrong tries a code is void: ask your office for a new one."
    )


def _filled(form: Form, submit_label: str) -> dict[str, object]:
    sign_in = reverse("accounts:sign_in")
    return {"form": form, "submit_label": submit_label, "cancel_url": sign_in}


def _as_tried(form: CodeForm) -> dict[str, str]:
    return {
        "username": form.cleaned_data["username"],
        "typed": form.cleaned_data["code"],
    }


@login_not_required
@never_cache
@require_safe
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """The link's holder is led to the form, away from the address with the token.

    Nothing is used up by looking: programs that check mail follow links, too.
    """
    ticket = selectors.open_link(token)
    response = _dead(request) if ticket is None else _go_on(request, ticket.pk)
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """The ticket's holder has a new password and signs in with it."""
    ticket_id = request.session.get(TICKET, 0)
    holder = selectors.holder_of(ticket_id)
    if holder is None:
        return _dead(request)
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        deed = partial(actions.use_ticket, ticket_id, form.cleaned_data["password"])
        try:
            if attempt(form, deed) is not None:
                return _done(request)
        except IllegalTransition:
            return _dead(request)
    context = _filled(form, _("Save password")) | {"holder": holder}
    return render(request, "accounts/new_password.html", context)


def _go_on(request: HttpRequest, ticket_id: int) -> HttpResponse:
    request.session[TICKET] = ticket_id
    return redirect("accounts:new_password")


def _done(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("Your new password is set. Sign in with it, please."))
    return redirect("accounts:sign_in")


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/ticket_dead.html", status=410)
