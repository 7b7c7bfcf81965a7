"""Pages of account requests: list, request, approve and decline."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import Role
from desabinaan.accounts.credential_delivery import mail_link
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.forms import ReasonForm
from desabinaan.lib.workflow.transitions import Transition, check_transition
from villages.people import selectors, services
from villages.people.forms.accounts import AccountRequestForm
from villages.people.models import AccountRequest
from villages.people.presenters.account_requests import requests_with_labels
from villages.people.presenters.lists import ACCOUNT_REQUESTS
from villages.people.views.slips import slip
from villages.people.workflow import ACCOUNT_REQUEST, REQUEST_BADGE_STYLES
from villages.places.permissions import has_capability_anywhere


@require_safe
def account_request_list(request: Request) -> HttpResponse:
    """List the requests that the user's offices made or decide on."""
    user = request.user
    selectors.require_part_in_requests(user)
    form, listing = ACCOUNT_REQUESTS.page(request)
    context = {
        "form": form,
        "listing": listing,
        "rows": requests_with_labels(listing.rows),
        "may_request": has_capability_anywhere(user, "account.request"),
        "may_approve": has_capability_anywhere(user, "account.approve"),
        "may_approve_sensitive": has_capability_anywhere(
            user, "account.approve_sensitive"
        ),
        "crumbs": [(_("Accounts"), None)],
    }
    return render(request, "people/account_request_list.html", context)


@require_form_methods
@once_per_form
def account_request_create(request: Request) -> HttpResponse:
    """Request an account; the regional office decides on it."""
    offices = selectors.requesting_offices(request.user)
    if not offices:
        raise PermissionDenied("account.request")
    data = post_or_none(request)
    form = AccountRequestForm(data, user=request.user, offices=offices)
    if form.is_valid():
        typed = form.cleaned_data
        role, place, ask = Role(typed["role"]), typed["place"], services.request_account
        asked = run_service(form, ask, role, place, typed, acting_user=request.user)
        if asked is not None:
            text = _("The request is sent. The regional office decides.")
            messages.success(request, text)
            return redirect("people:account_request_detail", pk=asked.pk)
    return form_page(
        request,
        form,
        title=_("Request an account"),
        submit_label=_("Send the request"),
        cancel_url=reverse("people:account_request_list"),
        crumbs=_crumbs(),
        template="people/account_request_create.html",
    )


@require_safe
def account_request_detail(request: Request, pk: int) -> HttpResponse:
    """Show what is requested, by whom, and the decision."""
    asked = _visible_request(request, pk)
    context = {
        "asked": asked,
        "badge_style": REQUEST_BADGE_STYLES[AccountRequest.Status(asked.status)],
        "transitions": _available_transitions(request, asked),
        "is_own": asked.requested_by_id == request.user.pk,
        "facts": [
            (_("Role"), asked.get_role_display()),
            (_("Where"), asked.village or asked.requesting_office),
            (_("Requested by"), asked.requesting_office.short_name),
        ],
        "crumbs": [*_crumbs(), (asked.name, None)],
    }
    return render(request, "people/account_request_detail.html", context)


@back_to("people:account_request_detail")
@never_cache
@require_POST
def account_request_approve(request: Request, pk: int) -> HttpResponse:
    """Create the account; send a link by e-mail, or show a slip with a code."""
    asked = _visible_request(request, pk)
    approval = services.approve_request(asked, acting_user=request.user)
    detail_url = reverse("people:account_request_detail", kwargs={"pk": pk})
    if not approval.account.email:
        return slip(request, approval.ticket, approval.secret, detail_url)
    mail_link(approval.account, approval.secret)
    messages.success(
        request,
        _("The account is created. A link to set the password has been sent."),
    )
    return redirect(detail_url)


@back_to("people:account_request_detail")
@reads_form(ReasonForm)
@require_form_methods
def account_request_decline(request: Request, pk: int) -> HttpResponse:
    """Decline the request with a reason for the office that made it."""
    asked, user = _visible_request(request, pk), request.user
    access.require(user, "account.approve", asked)
    check_transition(ACCOUNT_REQUEST, "decline", asked.status, asked)
    hint = _("The office that made the request will read this.")
    form = ReasonForm(post_or_none(request), hint=hint)
    if form.is_valid():
        reason, decline = form.cleaned_data["reason"], services.decline_request
        if run_service(form, decline, asked, reason, acting_user=user) is not None:
            messages.success(request, _("The request is declined."))
            return redirect("people:account_request_detail", pk=pk)
    detail_url = reverse("people:account_request_detail", kwargs={"pk": pk})
    return confirmation_page(
        request,
        form,
        title=_("Decline the request"),
        question=_("Decline the account request for %(name)s?") % {"name": asked.name},
        submit_label=_("Decline the request"),
        cancel_url=detail_url,
        crumbs=[*_crumbs(), (asked.name, detail_url)],
        danger=True,
    )


# --- Inside ------------------------------------------------------------------


def _visible_request(request: Request, pk: int) -> AccountRequest:
    return get_object_or_404(selectors.account_requests_for(request.user), pk=pk)


def _crumbs() -> list[tuple[object, str | None]]:
    return [(_("Accounts"), reverse("people:account_request_list"))]


def _available_transitions(
    request: Request, asked: AccountRequest
) -> dict[str, Transition]:
    """Return what this user may do now; nobody decides on their own request."""
    if asked.requested_by_id == request.user.pk:
        return {}
    return access.available_transitions(
        request.user, ACCOUNT_REQUEST, asked.status, asked
    )
