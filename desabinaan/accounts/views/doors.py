"""In and out, and the language on the way."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.accounts import actions, kept
from desabinaan.accounts.addresses import own_path
from desabinaan.accounts.forms import SignInForm
from desabinaan.lib.deeds import posted

YEAR = 365 * 24 * 60 * 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Somebody is signed in under a fresh session key, or is told one same sentence."""
    wanted = request.POST.get("next") or request.GET.get("next")
    onward = own_path(request, wanted)
    if request.user.is_authenticated:
        return redirect(onward or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(posted(request))
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            return _inside(request, onward)
        form.add_error(None, _("User name or password do not match."))
    context = {"form": form, "next": onward, "submit_label": _("Sign in")}
    return render(request, "accounts/sign_in.html", context)


def _inside(request: HttpRequest, onward: str) -> HttpResponse:
    kept.drop_foreign(request)
    target = "accounts:resume" if kept.waiting_for(request) else onward
    response = redirect(target or settings.LOGIN_REDIRECT_URL)
    kept.remember_person(request, response)
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is gone; asked first when somebody comes by a link."""
    if not request.user.is_authenticated:
        return redirect("accounts:sign_in")
    if request.method != "POST":
        return render(request, "accounts/sign_out.html", _sign_out_question())
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _sign_out_question() -> dict[str, str]:
    return {
        "question": _("Sign out now?"),
        "explanation": _("What you sent is saved. Finish open forms first."),
        "submit_label": _("Sign out"),
        "cancel_url": reverse(settings.LOGIN_REDIRECT_URL),
    }


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The portal speaks the language that was chosen, from the next page on."""
    chosen = request.POST.get("language", "")
    onward = own_path(request, request.POST.get("next"))
    response = redirect(onward or settings.LOGIN_REDIRECT_URL)
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        actions.set_language(request.user, chosen, acting_user=request.user)
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
