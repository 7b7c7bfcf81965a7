"""Pages for many accounts at once: upload, preview, send, approve, print slips."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
    form_page,
    post_or_none,
    require_form_methods,
    run_service,
)
from desabinaan.uploads.column_messages import warn_about_columns
from villages.people import selectors, services
from villages.people.forms.account_lists import (
    Roster,
    RosterForm,
    roster,
    roster_data,
    roster_template,
)
from villages.people.presenters.account_requests import with_visible_data
from villages.people.presenters.slips import positions_of
from villages.people.selectors.account_requests import pending_account_requests
from villages.places.models import Office
from villages.places.permissions import require_capability_anywhere

LIST = "people:account_request_list"


@require_form_methods
def roster_upload(request: Request) -> HttpResponse:
    """Choose a file; show its rows as they were read. Nothing is saved."""
    offices = _offices(request)
    form = RosterForm(post_or_none(request), request.FILES or None)
    if form.is_valid():
        warn_about_columns(request, form.table)
        data = roster_data(form.cleaned_data["file"])
        return _preview(request, roster(data, request.user, offices))
    return form_page(
        request,
        form,
        title=_("Request many accounts"),
        submit_label=_("Check the rows"),
        cancel_url=reverse(LIST),
        crumbs=_crumbs(),
        template="people/roster_upload.html",
    )


@require_POST
def roster_check(request: Request) -> HttpResponse:
    """Check the corrected rows again. Nothing is saved."""
    return _preview(request, roster(request.POST, request.user, _offices(request)))


@require_POST
@once_per_form
def roster_send(request: Request) -> HttpResponse:
    """Request all new accounts together, or show what has to be corrected."""
    people = roster(request.POST, request.user, _offices(request))
    new = people.new() if people.is_fit else []
    if not new:
        return _preview(request, people)
    ask = services.request_accounts
    made = run_service(people.summary, ask, new, acting_user=request.user)
    if made is None:
        return _preview(request, people)
    text = ngettext(
        "%(n)s request is sent. The regional office decides.",
        "%(n)s requests are sent. The regional office decides.",
        len(made),
    )
    messages.success(request, text % {"n": len(made)})
    return redirect(LIST)


@require_safe
def roster_file(request: Request) -> HttpResponseBase:
    """Send an empty list with its headings."""
    require_capability_anywhere(request.user, "account.request")
    return sheet_response("xlsx", roster_template())


@back_to(LIST)
@never_cache
@require_form_methods
def account_requests_approve(request: Request) -> HttpResponse:
    """Approve the chosen requests together; their links are shown only once."""
    require_capability_anywhere(request.user, "account.approve")
    pending = pending_account_requests(request.user)[: selectors.MOST_AT_ONCE]
    chosen = set(request.POST.getlist("pk"))
    if picked := [one for one in pending if str(one.pk) in chosen]:
        made = services.approve_requests(picked, acting_user=request.user)
        return _delivery_page(request, made)
    context = {
        "rows": with_visible_data(pending),
        "nothing_chosen": request.method == "POST",
        "crumbs": [*_crumbs(), (_("Approve several"), None)],
    }
    return render(request, "people/account_requests_approve.html", context)


@never_cache
@require_POST
def account_slips(request: Request) -> HttpResponse:
    """Send the links that this user just issued as slips to print."""
    require_capability_anywhere(request.user, "account.approve")
    tokens = request.POST.getlist("token")[: selectors.MOST_AT_ONCE]
    answer = slips_response(request, request.user, tokens, positions_of)
    if answer is None:
        messages.warning(
            request, _("These links have been used or are too old for slips.")
        )
        return redirect(LIST)
    return answer


# --- Inside ------------------------------------------------------------------


def _offices(request: Request) -> list[Office]:
    offices = selectors.requesting_offices(request.user)
    if not offices:
        raise PermissionDenied("account.request")
    return offices


def _crumbs() -> list[tuple[object, str | None]]:
    return [(_("Accounts"), reverse(LIST))]


def _preview(request: Request, people: Roster) -> HttpResponse:
    context = {
        "people": people,
        "new": len(people.new()),
        "faulty": people.faulty(),
        "crumbs": [*_crumbs(), (_("Check the rows"), None)],
    }
    return render(request, "people/roster_preview.html", context)


def _delivery_page(request: Request, made: Sequence[NewAccount]) -> HttpResponse:
    context = {
        "out": deliver_credentials(request, made),
        "crumbs": [*_crumbs(), (_("Links"), None)],
    }
    return render(request, "people/account_links.html", context)
