"""The user's own account: details, password, devices."""

from copy import copy

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desabinaan.accounts import selectors, services
from desabinaan.accounts.forms import AccountForm, ChangePasswordForm
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    Crumbs,
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)


@require_form_methods
@reads_form(AccountForm)
def own_account(request: Request) -> HttpResponse:
    """Show and change the user's own details."""
    me = request.user
    # A copy, because the form writes to it and page_context shows the user's name.
    form = AccountForm(request, post_or_none(request), instance=copy(me))
    if form.is_valid():
        values = form.cleaned_data
        changed = run_service(form, services.change_account, me, values, acting_user=me)
        if changed is not None:
            update_session_auth_hash(request, changed)
            with translation.override(values["language"]):
                messages.success(request, _("Your account is saved."))
            return redirect("accounts:account")
    return form_page(
        request,
        form,
        title=_("Your account"),
        submit_label=_("Save"),
        cancel_url=reverse(settings.LOGIN_REDIRECT_URL),
        crumbs=[],
        template="accounts/account.html",
        since=date_format(localtime(me.date_joined), "DATE_FORMAT"),
        sign_ins=selectors.recent_sign_ins(me),
    )


@require_form_methods
def change_password(request: Request) -> HttpResponse:
    """Change the user's own password; other devices have to sign in again."""
    form = ChangePasswordForm(request, post_or_none(request))
    if form.is_valid():
        me, password = request.user, form.cleaned_data["password"]
        changed = run_service(
            form, services.change_password, me, password, acting_user=me
        )
        if changed is not None:
            update_session_auth_hash(request, changed)
            messages.success(
                request, _("Your new password is set. Other devices are signed out.")
            )
            return redirect("accounts:account")
    return form_page(
        request,
        form,
        title=_("Change password"),
        submit_label=_("Change password"),
        cancel_url=reverse("accounts:account"),
        crumbs=_account_crumbs(),
        template="accounts/change_password.html",
    )


@require_form_methods
def sign_out_everywhere(request: Request) -> HttpResponse:
    """Sign out every device, this one included; a GET asks first."""
    if request.method == "POST":
        services.end_sessions(request.user, acting_user=request.user)
        logout(request)
        messages.success(request, _("All devices are signed out."))
        return redirect("accounts:sign_in")
    return confirmation_page(
        request,
        title=_("Sign out all devices"),
        question=_("Sign out all devices?"),
        explanation=_("You will have to sign in again, on this device too."),
        submit_label=_("Sign out all devices"),
        cancel_url=reverse("accounts:account"),
        crumbs=_account_crumbs(),
    )


def _account_crumbs() -> Crumbs:
    return [(_("Your account"), reverse("accounts:account"))]
