"""Middleware that depends on the user."""

import logging
from collections.abc import Callable
from typing import Any

import pghistory.middleware
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from desabinaan.accounts import preserved_post, sessions
from desabinaan.accounts.models import User

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def limited_sessions(get_response: GetResponse) -> GetResponse:
    """Sign out who did nothing for too long, or signed in too long ago."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and sessions.has_ended(request):
            logout(request)
        return get_response(request)

    return middleware


def chosen_language(get_response: GetResponse) -> GetResponse:
    """Use the language of the account, else of the cookie, else Indonesian.

    The browser's preference is ignored: borrowed phones are often set to English.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = _language_of(request)
        translation.activate(language)
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _language_of(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        wanted = request.user.language
    else:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE


class PreservePostLoginMiddleware(LoginRequiredMiddleware):
    """Require sign-in; keep what was posted after the session had ended.

    Who was signed in before in this browser reads why the page did not open.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method == "POST":
            return preserved_post.to_sign_in(request)
        if preserved_post.person_of(request):
            messages.info(request, _("Your session had ended. Sign in to go on."))
        return super().handle_no_permission(request, view_func)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.method == "POST" and response.status_code < 400:
            preserved_post.forget_sent(request)
        return response


def demonstration_guard(get_response: GetResponse) -> GetResponse:
    """Refuse every request if a real portal has demonstration accounts.

    The database is asked once, at the first request that it answers.
    """
    if settings.DEMO:
        raise MiddlewareNotUsed
    answers: list[bool] = []

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not answers:
            _check_database(answers)
        return _refusal() if answers == [True] else get_response(request)

    return middleware


def _check_database(answers: list[bool]) -> None:
    try:
        found = User.objects.filter(is_demonstration=True).exists()
    except (OperationalError, InterfaceError, ProgrammingError):
        return  # no database or no tables yet: asked again at the next request
    answers.append(found)
    if found:
        logger.critical(
            "The database holds demonstration accounts but DEMO is not set; "
            "every request is refused."
        )


def _refusal() -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        page = render_to_string("accounts/demonstration_refused.html")
    return HttpResponse(page, status=503, headers={"Cache-Control": "no-store"})


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Record user and route name in history rows, never a path with its token."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        try:
            route = resolve(request.path_info).view_name
        except Resolver404:
            route = ""
        return {"user": request.user.pk, "route": route}
