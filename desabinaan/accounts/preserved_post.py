"""Text that survives an expired session and a failed CSRF check.

It is kept on the server in the anonymous session, never in the browser, and for less
than an hour until somebody signs in. Files, passwords, and posts to the sealed section
of incidents are not kept.
"""

import re
import time
from collections.abc import Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from desabinaan.accounts.addresses import comes_from_us, own_path, page_before
from desabinaan.accounts.rate_limits import count_request
from desabinaan.lib.web.form_pages import KeepsUploads
from desabinaan.lib.web.sent_forms import form_like, forms_for
from desabinaan.lib.web.typed_text import Line, lines_of_post, lines_of_sent

SESSION_KEY = "preserved_posts"
PERSON_COOKIE = "akun"
PERSON_COOKIE_AGE = 30 * 24 * 60 * 60
LARGEST = 64 * 1024
MAX_POSTS = 3
#: of one address in so many minutes: behind it may be an office, or a machine
MOST_KEPT, MINUTES = 20, 15
#: seconds; what is over is deleted every ten minutes
KEPT_FOR = 45 * 60
SEALED = ("/laporan/kejadian/",)
SECRET_FIELDS = re.compile(r"password|sandi|secret|csrfmiddlewaretoken", re.IGNORECASE)
SIGN_IN_PATHS = ("/masuk/", "/akun/sandi/")


@dataclass(frozen=True, slots=True)
class PreservedPost:
    """One form as it was sent: target, page, and its texts."""

    path: str
    page: str = ""
    person: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class UnsavedForm:
    """What a page shows of it, with the labels of its form, and the files it takes."""

    preserved: PreservedPost
    lines: list[Line]
    files: list[forms.BoundField]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return the fields to send again; the entries for files send their own."""
        kept = {f"kept-{entry.html_name}" for entry in self.files}
        return [
            (name, value) for name, value in self.preserved.fields if name not in kept
        ]


def post_to_preserve(request: HttpRequest) -> PreservedPost | None:
    """Return the content of this POST; None if it is too long or must not be kept."""
    path = own_path(request, request.get_full_path())
    if not path or path.startswith(SEALED):
        return None
    try:
        fields = [
            (name, str(value))
            for name, values in request.POST.lists()
            if not _is_secret(path, name)
            for value in values
        ]
    except RequestDataTooBig:
        return None
    if sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return None
    files = [file.name or "" for _name, many in request.FILES.lists() for file in many]
    return PreservedPost(
        path=path,
        page=page_before(request),
        person=person_of(request),
        fields=fields,
        files=files,
        at=time.time(),
    )


def _is_secret(path: str, name: str) -> bool:
    is_sign_in = path.startswith(SIGN_IN_PATHS) and name == "code"
    return is_sign_in or SECRET_FIELDS.search(name) is not None


# --- The form that it was typed into -----------------------------------------


def as_unsaved(
    preserved: PreservedPost, found: Sequence[forms.BaseForm]
) -> UnsavedForm:
    """Word what was sent by the forms that read it; keep the good files among them."""
    lines = lines_of_sent(found, preserved.fields)
    for form in found:
        if isinstance(form, KeepsUploads):
            form.keep_files()
    entries = [entry for form in found for entry in form.visible_fields()]
    files = [entry for entry in entries if isinstance(entry.field, forms.FileField)]
    return UnsavedForm(preserved, lines, files)


def unsaved(request: HttpRequest, preserved: PreservedPost) -> UnsavedForm:
    """Word what was sent by the form of the page that it was sent to."""
    return as_unsaved(preserved, _forms_at(request, preserved))


def _forms_at(request: HttpRequest, preserved: PreservedPost) -> list[Any]:
    """Return the form of a view that saves once or names its form.

    Other views are not run: one that has no form, as the one that signs out, would do
    what it does. For somebody who is not signed in, it is a form of the named class.
    """
    address = urlsplit(preserved.path)
    try:
        match = resolve(address.path)
    except Resolver404:
        return []
    again = copy(request)
    again.path = again.path_info = address.path
    again.method, again.resolver_match = "POST", match
    again.GET = QueryDict(address.query)
    again.POST = QueryDict(
        urlencode([(name, value) for name, value in preserved.fields])
    )
    if request.method != "POST":
        again._files = MultiValueDict()  # type: ignore[attr-defined]
    kind = getattr(match.func, "form_kind", None)
    has_form = kind is not None or getattr(match.func, "saves_once", False)
    if request.user.is_authenticated and has_form:
        args, kwargs = match.args, match.kwargs
        return forms_for(again, lambda sent: match.func(sent, *args, **kwargs))
    return form_like(kind, again.POST)


def _needs_sign_in(request: HttpRequest) -> bool:
    view = resolve(request.path_info).func
    return getattr(view, "login_required", True)


# --- An expired session ------------------------------------------------------


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Keep what was posted and redirect to the sign-in page.

    Of a button alone, as one for a download, nothing is kept: it is pressed again.
    """
    preserved = post_to_preserve(request)
    if preserved and not preserved.files and not any(lines_of_post(preserved.fields)):
        messages.info(
            request, _("Your session had ended. Sign in, then do the last step again.")
        )
        return _to_sign_in_and_back(request)
    if preserved is None or not count_request(
        request, "typed", most=MOST_KEPT, minutes=MINUTES
    ):
        messages.warning(
            request,
            _("Your session had ended. To copy what you typed, go back two pages."),
        )
        return _to_sign_in_and_back(request)
    others = [post for post in _stored(request) if post.path != preserved.path]
    _store(request, [preserved, *others][:MAX_POSTS])
    request.session.set_expiry(KEPT_FOR)
    messages.info(
        request,
        _("Your session had ended. What you typed is kept: sign in to go on."),
    )
    return redirect_to_login(
        reverse("accounts:resume"), resolve_url(settings.LOGIN_URL)
    )


def _to_sign_in_and_back(request: HttpRequest) -> HttpResponseRedirect:
    onward = page_before(request) or "/"
    return redirect_to_login(onward, resolve_url(settings.LOGIN_URL))


def waiting_for(request: HttpRequest) -> list[PreservedPost]:
    """Return the preserved posts of the user now signed in, newest first."""
    mine = {"", str(request.user.pk)}
    return [post for post in _stored(request) if post.person in mine]


def drop(request: HttpRequest, path: str = "") -> None:
    """Forget what was posted to `path`, or everything if no path is given."""
    left = [post for post in _stored(request) if path and post.path != path]
    _store(request, left)


def drop_foreign(request: HttpRequest) -> None:
    """Forget what another person typed in this browser."""
    if _stored(request):
        _store(request, waiting_for(request))


def forget_sent(request: HttpRequest) -> None:
    """Forget what has now been sent again."""
    if request.user.is_authenticated and SESSION_KEY in request.session:
        drop(request, request.get_full_path())


def _stored(request: HttpRequest) -> list[PreservedPost]:
    rows: list[dict[str, Any]] = request.session.get(SESSION_KEY, [])
    return [PreservedPost(**row) for row in rows]


def _store(request: HttpRequest, posts: list[PreservedPost]) -> None:
    if posts:
        request.session[SESSION_KEY] = [asdict(post) for post in posts]
    else:
        request.session.pop(SESSION_KEY, None)


# --- Who used this browser last ----------------------------------------------


def remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Set a signed cookie with the user, so that preserved text finds its author."""
    response.set_signed_cookie(
        PERSON_COOKIE,
        str(request.user.pk),
        salt=PERSON_COOKIE,
        max_age=PERSON_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def person_of(request: HttpRequest) -> str:
    """Return the id of whoever signed in last in this browser, or ""."""
    try:
        return request.get_signed_cookie(PERSON_COOKIE, salt=PERSON_COOKIE) or ""
    except (KeyError, BadSignature):
        return ""


# --- A failed CSRF check -----------------------------------------------------


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403; a form of ours with an outdated token can be sent again."""
    if not comes_from_us(request):
        return render(request, "accounts/csrf_foreign.html", status=403)
    if not request.user.is_authenticated and _needs_sign_in(request):
        return to_sign_in(request)  # all cookies are gone, that of the session, too
    preserved = post_to_preserve(request)
    context = {
        "unsaved": preserved and unsaved(request, preserved),
        "page": page_before(request),
    }
    response = render(request, "accounts/csrf_stale.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response
