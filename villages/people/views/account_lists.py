"""Pages for many accounts at once: upload a list, approve requests, print slips."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.credential_delivery import deliver_credentials, slips_response
from desabinaan.accounts.file_responses import sheet_response
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.accounts.services import NewAccount
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    require_form_methods,
)
from desabinaan.uploads.forms.start import UploadForm
from desabinaan.uploads.views.pages import start_page, store_list
from villages.people import selectors, services
from villages.people.kind import ACCOUNT_LISTS, LIST
from villages.people.models import AccountList
from villages.people.presenters.account_requests import with_visible_data
from villages.people.presenters.empty_lists import account_list_template
from villages.people.presenters.slips import positions_of
from villages.people.selectors.account_requests import pending_account_requests
from villages.places.permissions import require_capability_anywhere


@require_form_methods
@once_per_form
def roster_upload(request: Request) -> HttpResponse:
    """Upload a list of people; nothing is requested yet."""
    require_capability_anywhere(request.user, "account.request")
    form = UploadForm(post_or_none(request), request.FILES or None, kind=ACCOUNT_LISTS)
    if form.is_valid():
        upload, file = AccountList(), form.cleaned_data["file"]
        if store_list(request, form, upload, file):
            return redirect(ACCOUNT_LISTS.url("columns", upload.pk))
    return start_page(
        request,
        form,
        uploads=ACCOUNT_LISTS.visible_to(request.user),
        intro=_("Nothing is sent yet. First you see how each row was read."),
        template_url=reverse("people:roster_file"),
    )


@require_safe
def roster_file(request: Request) -> HttpResponseBase:
    """Send an empty list with its headings."""
    require_capability_anywhere(request.user, "account.request")
    return sheet_response("xlsx", account_list_template())


@back_to(LIST)
@never_cache
@require_form_methods
def account_requests_approve(request: Request) -> HttpResponse:
    """Approve the chosen requests together; their links are shown only once."""
    require_capability_anywhere(request.user, "account.approve")
    pending = pending_account_requests(request.user)[: selectors.MOST_AT_ONCE]
    chosen = set(filter(str.isdecimal, request.POST.getlist("pk")))
    picked = [one for one in pending if str(one.pk) in chosen]
    if decided := len(chosen) - len(picked):
        _say_decided(request, decided)
    if picked:
        made = services.approve_requests(picked, acting_user=request.user)
        return _delivery_page(request, made)
    context = {
        "rows": with_visible_data(pending),
        "nothing_chosen": request.method == "POST" and not chosen,
        "crumbs": [*_crumbs(), (_("Approve several"), None)],
    }
    return render(request, "people/account_requests_approve.html", context)


@never_cache
@require_POST
def account_slips(request: Request) -> HttpResponse:
    """Send the links that this user just issued as slips to print."""
    require_capability_anywhere(request.user, "account.approve")
    tokens = request.POST.getlist("token")[: selectors.MOST_AT_ONCE]
    answer = slips_response(request.user, tokens, positions_of)
    if answer is None:
        messages.warning(
            request, _("These links have been used or are too old for slips.")
        )
        return redirect(LIST)
    return answer


# --- Inside ------------------------------------------------------------------


def _say_decided(request: Request, decided: int) -> None:
    text = ngettext(
        "%(count)s request you chose no longer waits for a decision.",
        "%(count)s requests you chose no longer wait for a decision.",
        decided,
    )
    messages.warning(request, text % {"count": decided})


def _crumbs() -> list[tuple[object, str | None]]:
    return [(_("Accounts"), reverse(LIST))]


def _delivery_page(request: Request, made: Sequence[NewAccount]) -> HttpResponse:
    context = {
        "title": _("The accounts are created"),
        "slips_url": reverse("people:account_slips"),
        "done_url": reverse(LIST),
        "out": deliver_credentials(made),
        "crumbs": [*_crumbs(), (_("Links"), None)],
    }
    return render(request, "people/account_links.html", context)
