"""A list of focal points: looked over, then all of them appointed, and their slips.

Nothing is kept between the pages: the rows travel in the form and are read again.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeAlias, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts.handing_out import hand_out, slips_answer
from desabinaan.accounts.models import User
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.exports import sheet_answer
from fgd.actions.focal_points import APPOINT_MANY, appoint_all
from fgd.admin.agencies import Kept
from fgd.forms.focal_points import (
    Speakers,
    SpeakersFile,
    speakers,
    speakers_data,
    speakers_template,
)
from fgd.selectors.focal_points import posts_of
from villages.selectors.account_requests import MOST_AT_ONCE

Page: TypeAlias = Callable[[HttpRequest], HttpResponseBase]
ADDED: list[dict[str, Any]] = [{"added": {}}]


class ManyAtOnce(Kept):
    """The pages below the list of focal points that take a file."""

    change_list_template = "fgd/admin_focal_points.html"

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, Page] = {
            "": require_http_methods(["GET", "HEAD", "POST"])(self.list_upload),
            "check/": require_POST(self.list_check),
            "apply/": require_POST(self.list_apply),
            "template/": require_safe(self.list_template),
            "slips/": require_POST(self.list_slips),
        }
        own = [
            path(
                f"list/{word}",
                self.admin_site.admin_view(self._guarded(page)),
                name=f"fgd_focalpoint_{page.__name__}",
            )
            for word, page in pages.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        known = {"may_appoint_many": _may(request)}
        return super().changelist_view(request, known | (extra_context or {}))

    # --- Pages ---------------------------------------------------------------

    def list_upload(self, request: HttpRequest) -> HttpResponse:
        """A file is chosen; its rows are shown as they were understood."""
        form = SpeakersFile(posted(request), request.FILES or None)
        if form.is_valid():
            sent = speakers_data(form.cleaned_data["file"])
            return self._look_over(request, speakers(sent, _who(request)))
        title = _("Focal points from a file")
        return self._page(request, "fgd/admin_list_upload.html", title, form=form)

    def list_check(self, request: HttpRequest) -> HttpResponse:
        """The rows, mended in place, looked over once more."""
        return self._look_over(request, speakers(request.POST, _who(request)))

    def list_apply(self, request: HttpRequest) -> HttpResponse:
        """All new rows are appointed as one deed, or it is told what is in the way."""
        people = speakers(request.POST, _who(request))
        new = people.ready() if people.is_fit else []
        appoint = partial(appoint_all, new, acting_user=_who(request))
        made = attempt(people.summary, appoint) if new else None
        if made is None:
            return self._look_over(request, people)
        points, fresh = made
        for row in (*points, *(one.account for one in fresh)):
            self.log_addition(request, row, ADDED)
        title = _("The focal points are appointed")
        known = {"points": points, "out": hand_out(request, fresh) if fresh else None}
        return self._page(request, "fgd/admin_list_links.html", title, **known)

    def list_template(self, request: HttpRequest) -> HttpResponseBase:
        """An empty file with the headings that are read."""
        return sheet_answer("xlsx", speakers_template())

    def list_slips(self, request: HttpRequest) -> HttpResponse:
        """The links that this administrator just handed out, as slips to print."""
        tokens = request.POST.getlist("token")[:MOST_AT_ONCE]
        answer = slips_answer(request, _who(request), tokens, posts_of)
        if answer is None:
            messages.warning(request, _("These links are used or too old for slips."))
            return redirect("admin:fgd_focalpoint_changelist")
        return answer

    # --- Inside --------------------------------------------------------------

    def _guarded(self, page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            if not _may(request):
                raise PermissionDenied
            return page(request)

        return guarded

    def _look_over(self, request: HttpRequest, people: Speakers) -> HttpResponse:
        known = {
            "people": people,
            "new": len(people.ready()),
            "faulty": people.faulty(),
        }
        title = _("Look over the rows")
        return self._page(request, "fgd/admin_list_look_over.html", title, **known)

    def _page(
        self, request: HttpRequest, name: str, title: str, **known: Any
    ) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        context = frame | {"title": title, "opts": self.opts} | known
        return render(request, name, context)


def _who(request: HttpRequest) -> User:
    return cast(User, request.user)  # the administration is closed to others


def _may(request: HttpRequest) -> bool:
    """Whether this administrator may appoint, and make accounts besides."""
    return _who(request).has_perms(APPOINT_MANY)
