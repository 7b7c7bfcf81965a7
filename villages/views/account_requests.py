from functools import partial
from typing import TypeAlias

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts import access
from desabinaan.accounts.access import Role
from desabinaan.accounts.handing_out import mail_link
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.listing import listing
from desabinaan.lib.transitions import Transition, step
from villages import actions, selectors
from villages.forms.accounts import AccountRequestForm, DeclineForm, RequestFilter
from villages.models import AccountRequest
from villages.selectors import account_requests as rows
from villages.standing import may_somewhere
from villages.views.slips import slip
from villages.workflow import ACCOUNT_REQUEST, REQUEST_TONES

Crumbs: TypeAlias = list[tuple[object, str | None]]


@require_safe
def account_request_list(request: Request) -> HttpResponse:
    """Accounts asked for by the own offices, or waiting for the own decision."""
    rows.require_part_in_requests(request.user)
    form = RequestFilter(request.GET)
    form.is_valid()
    found = rows.request_rows(request.user, form.cleaned_data.get("status", ""))
    page = listing(request.GET, found, rows.request_sorts(), form)
    context = {
        "form": form,
        "listing": page,
        "rows": rows.dressed_requests(page.rows),
        "may_request": may_somewhere(request.user, "account.request"),
        "may_approve": may_somewhere(request.user, "account.approve"),
        "may_second": may_somewhere(request.user, "account.second"),
        "crumbs": [(_("Accounts"), None)],
    }
    return render(request, "villages/account_request_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account_request_create(request: Request) -> HttpResponse:
    """An account is asked for; it waits for the regional office."""
    offices = rows.requesting_offices(request.user)
    if not offices:
        raise PermissionDenied("account.request")
    sent = posted(request)
    form = AccountRequestForm(sent, user=request.user, offices=offices)
    if form.is_valid():
        asked = _requested(request, form)
        if asked is not None:
            messages.success(
                request, _("The request is sent. The regional office decides.")
            )
            return redirect("villages:account_request_detail", pk=asked.pk)
    context = {
        "form": form,
        "submit_label": _("Send the request"),
        "cancel_url": reverse("villages:account_request_list"),
        "crumbs": [*_crumbs(), (_("Request an account"), None)],
    }
    return render(request, "villages/account_request_create.html", context)


@require_safe
def account_request_detail(request: Request, pk: int) -> HttpResponse:
    """What is asked for, by whom, and what was decided."""
    asked = _in_sight(request, pk)
    context = {
        "asked": asked,
        "tone": REQUEST_TONES[AccountRequest.Status(asked.status)],
        "verbs": _open_verbs(request, asked),
        "is_own": asked.requested_by_id == request.user.pk,
        "facts": [
            (_("Role"), asked.get_role_display()),
            (_("Where"), asked.village or asked.requesting_office),
            (_("Asked by"), asked.requesting_office.short_name),
        ],
        "crumbs": [*_crumbs(), (asked.name, None)],
    }
    return render(request, "villages/account_request_detail.html", context)


@back_to("villages:account_request_detail")
@never_cache
@require_POST
def account_request_approve(request: Request, pk: int) -> HttpResponse:
    """The account stands; its owner gets a link by mail, or a slip with a code."""
    asked = _in_sight(request, pk)
    approval = actions.approve_request(asked, acting_user=request.user)
    back = reverse("villages:account_request_detail", kwargs={"pk": pk})
    if not approval.account.email:
        return slip(request, approval.ticket, approval.secret, back)
    mail_link(request, approval.account, approval.secret)
    messages.success(
        request, _("The account is made. A link to set the password is on its way.")
    )
    return redirect(back)


@back_to("villages:account_request_detail")
@require_http_methods(["GET", "HEAD", "POST"])
def account_request_decline(request: Request, pk: int) -> HttpResponse:
    """The request is declined with a reason that the office reads."""
    asked = _in_sight(request, pk)
    access.require(request.user, "account.approve", asked)
    step(ACCOUNT_REQUEST, "decline", asked.status)
    form = DeclineForm(posted(request))
    if form.is_valid() and _declined(request, asked, form):
        messages.success(request, _("The request is declined."))
        return redirect("villages:account_request_detail", pk=pk)
    back = reverse("villages:account_request_detail", kwargs={"pk": pk})
    context = {
        "form": form,
        "question": _("Decline the account for %(name)s?") % {"name": asked.name},
        "submit_label": _("Decline the request"),
        "cancel_url": back,
        "danger": True,
        "crumbs": [*_crumbs(), (asked.name, back), (_("Decline"), None)],
    }
    return render(request, "villages/account_request_decline.html", context)


# --- Inside ------------------------------------------------------------------


def _in_sight(request: Request, pk: int) -> AccountRequest:
    return get_object_or_404(selectors.account_requests_for(request.user), pk=pk)


def _crumbs() -> Crumbs:
    return [(_("Accounts"), reverse("villages:account_request_list"))]


def _open_verbs(request: Request, asked: AccountRequest) -> dict[str, Transition]:
    if asked.requested_by_id == request.user.pk:
        return {}
    return access.open_verbs(request.user, ACCOUNT_REQUEST, asked.status, asked)


def _requested(request: Request, form: AccountRequestForm) -> AccountRequest | None:
    typed = form.cleaned_data
    ask = partial(
        actions.request_account,
        Role(typed["role"]),
        typed["place"],
        typed,
        acting_user=request.user,
    )
    return attempt(form, ask)


def _declined(
    request: Request, asked: AccountRequest, form: DeclineForm
) -> AccountRequest | None:
    decline = partial(
        actions.decline_request,
        asked,
        form.cleaned_data["reason"],
        acting_user=request.user,
    )
    return attempt(form, decline)
