"""Pages of approval requests: list, approve and decline."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import Role
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.forms import ReasonForm
from desabinaan.lib.workflow.transitions import Transition, check_transition
from villages.people import selectors, services
from villages.people.models import ApprovalRequest
from villages.people.presenters.approvals import approvals_with_labels
from villages.people.presenters.lists import APPROVAL_REQUESTS
from villages.people.views.slips import slip
from villages.people.workflow import APPROVAL_BADGE_STYLES, APPROVAL_REQUEST
from villages.places.permissions import require_capability_anywhere


@require_safe
def approval_list(request: Request) -> HttpResponse:
    """List the requests for which this user may give the second approval."""
    require_capability_anywhere(request.user, "account.approve_sensitive")
    form, listing = APPROVAL_REQUESTS.page(request)
    context = {
        "form": form,
        "listing": listing,
        "rows": approvals_with_labels(listing.rows),
        "crumbs": [*_crumbs()[:1], (_("Second approval"), None)],
    }
    return render(request, "people/approval_list.html", context)


@require_safe
def approval_detail(request: Request, pk: int) -> HttpResponse:
    """Show what is requested and why, and the buttons to decide on it."""
    approval = _visible_approval(request, pk)
    context = {
        "approval": approval,
        "badge_style": APPROVAL_BADGE_STYLES[ApprovalRequest.Status(approval.status)],
        "transitions": _available_transitions(request, approval),
        "facts": [
            (_("What"), approval.get_kind_display()),
            (_("Account"), approval.account.username),
            (_("Where"), approval.office.short_name),
        ],
        "role": Role(approval.role).label if approval.role else "",
        "crumbs": [*_crumbs(), (approval.account.name, None)],
    }
    return render(request, "people/approval_detail.html", context)


@back_to("people:approval_detail")
@never_cache
@require_POST
def approval_grant(request: Request, pk: int) -> HttpResponse:
    """Approve the request and carry it out; a one-time code is shown only once."""
    approval = _visible_approval(request, pk)
    issued = services.grant_approval(approval, acting_user=request.user)
    detail_url = reverse("people:approval_detail", kwargs={"pk": pk})
    if issued is not None:
        return slip(request, *issued, detail_url)
    messages.success(request, _("Approved. It takes effect now."))
    return redirect(detail_url)


@back_to("people:approval_detail")
@reads_form(ReasonForm)
@require_form_methods
def approval_decline(request: Request, pk: int) -> HttpResponse:
    """Decline the request with a reason for the administrator."""
    approval, user = _visible_approval(request, pk), request.user
    check_transition(APPROVAL_REQUEST, "decline", approval.status, approval)
    hint = _("The administrator who made the request will read this.")
    form = ReasonForm(post_or_none(request), hint=hint, max_length=300)
    if form.is_valid():
        reason, decline = form.cleaned_data["reason"], services.decline_approval
        if run_service(form, decline, approval, reason, acting_user=user) is not None:
            messages.success(request, _("Declined. The administrator can read why."))
            return redirect("people:approval_detail", pk=pk)
    detail_url, name = (
        reverse("people:approval_detail", args=[pk]),
        approval.account.name,
    )
    return confirmation_page(
        request,
        form,
        title=_("Decline"),
        question=_("Decline this request for %(name)s?") % {"name": name},
        submit_label=_("Decline"),
        cancel_url=detail_url,
        crumbs=[*_crumbs(), (name, detail_url)],
        danger=True,
    )


# --- Inside ------------------------------------------------------------------


def _visible_approval(request: Request, pk: int) -> ApprovalRequest:
    return get_object_or_404(selectors.approval_requests_for(request.user), pk=pk)


def _crumbs() -> list[tuple[object, str | None]]:
    return [
        (_("Accounts"), reverse("people:account_request_list")),
        (_("Second approval"), reverse("people:approval_list")),
    ]


def _available_transitions(
    request: Request, approval: ApprovalRequest
) -> dict[str, Transition]:
    """Return what this user may do now; requester and account holder may nothing."""
    if request.user.pk in {approval.requested_by_id, approval.account_id}:
        return {}
    return access.available_transitions(
        request.user, APPROVAL_REQUEST, approval.status, approval
    )
