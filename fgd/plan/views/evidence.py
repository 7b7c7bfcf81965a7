"""Evidence of an action: add it, open it, withdraw it with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.files.uploads import FileGone, serve
from desabinaan.lib.web.form_pages import (
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.forms import ReasonForm
from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.plan import selectors, services
from fgd.plan.forms.decisions import MOST_CHARACTERS
from fgd.plan.forms.progress import EvidenceForm
from fgd.plan.presenters.files import file_name_of
from fgd.plan.selectors.evidence import evidence_villages, visible_evidence
from fgd.plan.views.action_pages import (
    DETAIL,
    action_confirmation_page,
    action_form_page,
    back_to_action,
)
from fgd.plan.workflow import refuse_closed


@require_form_methods
@back_to_action
@once_per_form
def evidence_add(request: Request, pk: int) -> HttpResponse:
    action = selectors.visible_action(request.user, pk)
    access.require(request.user, "evidence.add", action)
    sent, villages = post_or_none(request), evidence_villages(action, request.user)
    form = EvidenceForm(sent, request.FILES or None, villages=villages)
    form.kept_for(request.user)
    refuse_closed(action)
    if form.is_valid():
        file, user = services.EvidenceFile(**form.evidence()), request.user
        if run_service(form, services.add_evidence, pk, file, acting_user=user):
            messages.success(request, _("The evidence was added."))
            return redirect(f"{reverse(DETAIL, args=[pk])}#evidence")
    return action_form_page(
        request,
        action,
        form,
        title=_("Add evidence"),
        submit_label=_("Add evidence"),
        template="plan/evidence_add.html",
    )


def evidence_file(request: Request, pk: int) -> HttpResponseBase:
    evidence = get_object_or_404(visible_evidence(request.user), pk=pk)
    if not selectors.may_open_evidence(request.user, evidence.action):
        raise PermissionDenied("evidence.view")
    try:
        return serve(evidence.file, file_name_of(evidence), evidence.content_type)
    except FileGone:
        context = {"action": evidence.action, "evidence": evidence}
        page = "plan/evidence_gone.html"
        return render(request, page, context, status=404)


@require_form_methods
@reads_form(ReasonForm)
def evidence_withdraw(request: Request, pk: int) -> HttpResponse:
    evidence = get_object_or_404(visible_evidence(request.user), pk=pk)
    action, user = evidence.action, request.user
    access.require(user, "evidence.withdraw", action)
    form = ReasonForm(post_or_none(request), max_length=MOST_CHARACTERS)
    try:
        if form.is_valid():
            saved = run_service(
                form,
                services.withdraw_evidence,
                pk,
                acting_user=user,
                **form.cleaned_data,
            )
            if saved is not None:
                messages.success(request, _("The evidence was withdrawn."))
                return redirect(DETAIL, action.pk)
    except IllegalTransition as refusal:
        messages.warning(request, str(refusal))
        return redirect(DETAIL, action.pk)
    return action_confirmation_page(
        request, action, form, "withdraw_evidence", evidence=evidence
    )
