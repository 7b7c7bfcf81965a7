"""Focal points from a file: upload, preview, appointment and printed slips.

Nothing is saved between the pages: the form sends the rows again.
"""

from collections.abc import Callable
from functools import wraps
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

from desabinaan.accounts.admin_pages import PermanentAdmin
from desabinaan.accounts.credential_delivery import deliver_credentials, slips_response
from desabinaan.accounts.file_responses import sheet_response
from desabinaan.accounts.models import User
from desabinaan.lib.web.form_pages import post_or_none, run_service
from desabinaan.uploads.column_messages import warn_about_columns
from fgd.agencies.forms.focal_points import (
    FocalPointFile,
    FocalPointRows,
    focal_point_form_data,
    focal_point_rows,
    focal_point_template,
)
from fgd.agencies.presenters import positions_of
from fgd.agencies.services.focal_points import APPOINT_MANY, appoint_all
from fgd.plan.selectors.visible_counts import visible_counts_of
from villages.people.selectors.account_requests import MOST_AT_ONCE

Page: TypeAlias = Callable[[HttpRequest], HttpResponseBase]
ADDED: list[dict[str, Any]] = [{"added": {}}]


class ManyAtOnce(PermanentAdmin):
    """The pages to appoint focal points from a file."""

    change_list_template = "plan/admin_focal_points.html"

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
                self.admin_site.admin_view(self._restricted(page)),
                name=f"agencies_focalpoint_{page.__name__}",
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
        """Upload a file and preview its rows."""
        form = FocalPointFile(post_or_none(request), request.FILES or None)
        if form.is_valid():
            warn_about_columns(request, form.table)
            sent = focal_point_form_data(form.cleaned_data["file"])
            return self._preview(request, focal_point_rows(sent, _user(request)))
        title = _("Focal points from a file")
        return self._page(request, "plan/admin_list_upload.html", title, form=form)

    def list_check(self, request: HttpRequest) -> HttpResponse:
        """Preview the edited rows again."""
        return self._preview(request, focal_point_rows(request.POST, _user(request)))

    def list_apply(self, request: HttpRequest) -> HttpResponse:
        """Appoint all new rows in one transaction, or show what prevents it."""
        people = focal_point_rows(request.POST, _user(request))
        new = people.ready() if people.is_fit else []
        made = None
        if new:
            user = _user(request)
            made = run_service(people.summary, appoint_all, new, acting_user=user)
        if made is None:
            return self._preview(request, people)
        points, fresh = made
        for row in (*points, *(one.account for one in fresh)):
            self.log_addition(request, row, ADDED)
        title = _("The focal points are appointed")
        known = {
            "points": points,
            "out": deliver_credentials(request, fresh) if fresh else None,
        }
        return self._page(request, "plan/admin_list_links.html", title, **known)

    def list_template(self, request: HttpRequest) -> HttpResponseBase:
        """Download an empty file with the accepted headings."""
        return sheet_response("xlsx", focal_point_template())

    def list_slips(self, request: HttpRequest) -> HttpResponse:
        """Print slips with the links that this administrator has just issued."""
        tokens = request.POST.getlist("token")[:MOST_AT_ONCE]
        answer = slips_response(request, _user(request), tokens, positions_of)
        if answer is None:
            messages.warning(request, _("These links have been used or have expired."))
            return redirect("admin:agencies_focalpoint_changelist")
        return answer

    # --- Inside --------------------------------------------------------------

    def _restricted(self, page: Page) -> Page:
        @wraps(page)
        def restricted(request: HttpRequest) -> HttpResponseBase:
            if not _may(request):
                raise PermissionDenied
            return page(request)

        return restricted

    def _preview(self, request: HttpRequest, people: FocalPointRows) -> HttpResponse:
        findings = [row.finding for row in people.forms if row.finding is not None]
        counts = visible_counts_of({finding.wanted.agency.pk for finding in findings})
        for finding in findings:
            finding.visible_counts = counts[finding.wanted.agency.pk]
        known = {
            "people": people,
            "new": len(people.ready()),
            "faulty": people.faulty(),
        }
        title = _("Check the rows")
        return self._page(request, "plan/admin_list_preview.html", title, **known)

    def _page(
        self, request: HttpRequest, name: str, title: str, **known: Any
    ) -> HttpResponse:
        admin_context = self.admin_site.each_context(request)
        context = admin_context | {"title": title, "opts": self.opts} | known
        return render(request, name, context)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)  # only signed-in users reach the administration


def _may(request: HttpRequest) -> bool:
    """Whether the user may appoint focal points and create accounts."""
    return _user(request).has_perms(APPOINT_MANY)
