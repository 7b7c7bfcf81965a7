"""One's own account: details, password, devices."""

from copy import copy
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desabinaan.accounts import actions, mail, selectors
from desabinaan.accounts.forms import AccountForm, ChangePasswordForm
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted


@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request: Request) -> HttpResponse:
    """One's own details are shown and, after a POST, saved."""
    me = request.user
    # A copy: the form writes what was typed on it, and the frame names the user.
    form = AccountForm(posted(request), instance=copy(me))
    if form.is_valid():
        deed = partial(actions.change_account, me, form.cleaned_data, acting_user=me)
        if attempt(form, deed) is not None:
            return _saved(request, form)
    context = {
        "form": form,
        "submit_label": _("Save"),
        "cancel_url": reverse(settings.LOGIN_REDIRECT_URL),
        "facts": [
            (_("User name"), me.username),
            (_("Account since"), date_format(localtime(me.date_joined), "DATE_FORMAT")),
        ],
        "sign_ins": selectors.recent_sign_ins(me),
    }
    return render(request, "accounts/account.html", context)


def _saved(request: Request, form: AccountForm) -> HttpResponse:
    old_address = request.user.email
    if old_address and "email" in form.changed_data:
        mail.send_address_changed(request.user.language, old_address)
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Your account is saved."))
    return redirect("accounts:account")


@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    """One's own password is new; other devices have to sign in again."""
    form = ChangePasswordForm(request, posted(request))
    if form.is_valid():
        me, password = request.user, form.cleaned_data["password"]
        deed = partial(actions.change_password, me, password, acting_user=me)
        changed = attempt(form, deed)
        if changed is not None:
            update_session_auth_hash(request, changed)
            messages.success(
                request,
                _("Your new password is set. Other devices are signed out."),
            )
            return redirect("accounts:account")
    context = _below(_("Change password")) | {"form": form}
    return render(request, "accounts/change_password.html", context)


def _below(what: str) -> dict[str, object]:
    account = reverse("accounts:account")
    return {
        "submit_label": what,
        "cancel_url": account,
        "crumbs": [(_("Your account"), account), (what, None)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_everywhere(request: Request) -> HttpResponse:
    """No device is signed in any longer, this one included; asked first."""
    if request.method != "POST":
        context = _below(_("Sign out all devices")) | {
            "question": _("Sign out all devices?"),
            "explanation": _("You then sign in again, here too."),
        }
        return render(request, "accounts/sign_out_everywhere.html", context)
    actions.end_sessions(request.user, acting_user=request.user)
    logout(request)
    messages.success(request, _("All devices are signed out."))
    return redirect("accounts:sign_in")
