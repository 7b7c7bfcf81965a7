"""Sign-in, sign-out and the choice of language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from desabinaan.accounts import preserved_post, services, sessions
from desabinaan.accounts.addresses import own_path
from desabinaan.accounts.forms import SignInForm
from desabinaan.lib.web.form_pages import (
    confirmation_page,
    post_or_none,
    require_form_methods,
)

YEAR = 365 * 24 * 60 * 60


@login_not_required
@never_cache
@require_form_methods
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in under a new session key; all failures get the same message."""
    wanted = request.POST.get("next") or request.GET.get("next")
    onward = own_path(request, wanted)
    if request.user.is_authenticated:
        return redirect(onward or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(post_or_none(request))
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            sessions.begin(request)
            return _after_sign_in(request, onward)
        form.add_error(None, _("The user name or the password is wrong."))
    context = {"form": form, "next": onward, "submit_label": _("Sign in")}
    return render(request, "accounts/sign_in.html", context)


def _after_sign_in(request: HttpRequest, onward: str) -> HttpResponse:
    preserved_post.drop_foreign(request)
    target = "accounts:resume" if preserved_post.waiting_for(request) else onward
    response = redirect(target or settings.LOGIN_REDIRECT_URL)
    preserved_post.remember_person(request, response)
    return response


@login_not_required
@never_cache
@require_form_methods
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; a GET asks first."""
    if not request.user.is_authenticated:
        return redirect("accounts:sign_in")
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
        return redirect(settings.LOGOUT_REDIRECT_URL)
    return confirmation_page(
        request,
        title=_("Sign out"),
        question=_("Sign out now?"),
        explanation=_("Everything you sent is saved. Finish open forms first."),
        submit_label=_("Sign out"),
        cancel_url=reverse(settings.LOGIN_REDIRECT_URL),
        crumbs=[],
    )


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language from the next page on."""
    chosen = request.POST.get("language", "")
    onward = own_path(request, request.POST.get("next"))
    response = redirect(onward or settings.LOGIN_REDIRECT_URL)
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        services.set_language(request.user, chosen, acting_user=request.user)
    else:
        _remember_language(response, chosen)
    return response


def _remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
