"""Focal points from a file: the pages of every uploaded list, links and slips."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeAlias

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.admin_pages import PermanentAdmin
from desabinaan.accounts.credential_delivery import deliver_credentials, slips_response
from desabinaan.accounts.file_responses import sheet_response
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.accounts.services import NewAccount
from desabinaan.lib.web.form_pages import (
    confirmation_page,
    post_or_none,
    require_form_methods,
)
from desabinaan.uploads.forms.start import UploadForm
from desabinaan.uploads.urls import upload_urls
from desabinaan.uploads.views.pages import start_page, store_list, upload_crumbs
from fgd.agencies.kind import CHANGELIST
from fgd.agencies.models import FocalPointList
from fgd.agencies.presenters import focal_point_template, positions_of
from fgd.agencies.selectors.focal_points import accounts_never_used
from fgd.agencies.services.focal_point_lists import issue_links
from fgd.plan.kind import FOCAL_POINT_LISTS
from villages.people.selectors.account_requests import MOST_AT_ONCE

Page: TypeAlias = Callable[..., HttpResponseBase]


class ManyAtOnce(PermanentAdmin):
    """The pages to appoint focal points from a file."""

    change_list_template = "merging/admin_focal_points.html"

    def get_urls(self) -> list[URLPattern]:
        name = FOCAL_POINT_LISTS.routes.rpartition(":")[2]
        own = [
            path("list/", list_upload, name=f"{name}_upload"),
            path("list/template/", list_template, name=f"{name}_template"),
            path("list/slips/", list_slips, name=f"{name}_slips"),
            path("list/<int:pk>/links/", list_links, name=f"{name}_links"),
            *upload_urls(FOCAL_POINT_LISTS, "list/"),
        ]
        for pattern in own:
            restricted = _restricted(pattern.callback)
            pattern.callback = self.admin_site.admin_view(restricted)
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        known = {"may_appoint_many": FOCAL_POINT_LISTS.may_upload(request.user)}
        return super().changelist_view(request, known | (extra_context or {}))


def _restricted(page: Page) -> Page:
    @wraps(page)
    def restricted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not FOCAL_POINT_LISTS.may_upload(request.user):
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return restricted


# --- Pages -------------------------------------------------------------------


@require_form_methods
@once_per_form
def list_upload(request: Request) -> HttpResponse:
    """Upload a list of people; nobody is appointed yet."""
    kind, user = FOCAL_POINT_LISTS, request.user
    form = UploadForm(post_or_none(request), request.FILES or None, kind=kind)
    if form.is_valid():
        upload, file = FocalPointList(), form.cleaned_data["file"]
        if store_list(request, form, upload, file):
            return redirect(kind.url("columns", upload.pk))
    return start_page(
        request,
        form,
        uploads=kind.visible_to(user),
        intro=_("Nobody is appointed yet: first you see each row as it was read."),
        template_url=kind.url("template"),
    )


@require_safe
def list_template(_request: Request) -> HttpResponseBase:
    """Send an empty list with its headings."""
    return sheet_response("xlsx", focal_point_template())


@require_form_methods
def list_links(request: Request, pk: int) -> HttpResponse:
    """Issue links for new accounts that were never used; they are shown only once."""
    lists = FOCAL_POINT_LISTS.visible_to(request.user)
    upload = get_object_or_404(lists, pk=pk)
    accounts = list(accounts_never_used(upload))
    if not accounts:
        messages.info(request, _("Everybody in this list has already signed in."))
        return redirect(FOCAL_POINT_LISTS.url("detail", pk))
    if request.method == "POST":
        made = issue_links(upload, acting_user=request.user)
        return _links_page(request, upload, made)
    names = ", ".join(f"{one} ({one.username})" for one in accounts)
    return confirmation_page(
        request,
        title=_("Links for the new accounts"),
        question=_("Make links for these accounts?"),
        explanation=_(
            "Nobody has signed in with them yet: %(names)s. Links that were made for "
            "them before stop working."
        )
        % {"names": names},
        submit_label=_("Make links"),
        cancel_url=FOCAL_POINT_LISTS.url("detail", pk),
        crumbs=upload_crumbs(FOCAL_POINT_LISTS, upload),
    )


@require_POST
def list_slips(request: Request) -> HttpResponse:
    """Print slips with the links that this administrator has just issued."""
    tokens = request.POST.getlist("token")[:MOST_AT_ONCE]
    answer = slips_response(request.user, tokens, positions_of)
    if answer is None:
        messages.warning(request, _("These links have been used or have expired."))
        return redirect(CHANGELIST)
    return answer


# --- Inside ------------------------------------------------------------------


def _links_page(
    request: Request, upload: FocalPointList, made: Sequence[NewAccount]
) -> HttpResponse:
    title = _("Links for the new accounts")
    context = {
        "title": title,
        "out": deliver_credentials(made),
        "slips_url": FOCAL_POINT_LISTS.url("slips"),
        "done_url": FOCAL_POINT_LISTS.url("detail", upload.pk),
        "crumbs": [*upload_crumbs(FOCAL_POINT_LISTS, upload), (title, None)],
    }
    return render(request, "people/account_links.html", context)
