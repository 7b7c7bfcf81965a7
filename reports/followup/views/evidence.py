"""Evidence: added, opened by those who may, withdrawn with a reason."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.files import FileGone, serve
from desabinaan.lib.transitions import IllegalTransition
from reports.followup import actions
from reports.followup.forms.decisions import ReasonForm
from reports.followup.forms.progress import EvidenceForm
from reports.followup.selectors import dossier as dossiers
from reports.followup.selectors.evidence import evidence_in_sight, file_name_of
from reports.followup.views.verbs import (
    asked,
    back_to_action,
    sent_back,
    to_action,
)


@back_to_action
def evidence_add(request: Request, pk: int) -> HttpResponse:
    action = dossiers.visible_action(request.user, pk)
    access.require(request.user, "evidence.add", action)
    dossiers.refuse_closed(action)
    form = EvidenceForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        piece = actions.Piece(form.cleaned_data["file"], form.cleaned_data["title"])
        deed = actions.add_evidence
        if attempt(form, lambda: deed(pk, piece, acting_user=request.user)):
            messages.success(request, _("The evidence was added."))
            return redirect(f"{to_action(pk)}#evidence")
    return asked(
        request, "reports/followup/evidence_add.html", action, form, _("Add evidence")
    )


def evidence_file(request: Request, pk: int) -> HttpResponseBase:
    evidence = get_object_or_404(evidence_in_sight(request.user), pk=pk)
    access.require(request.user, "evidence.view", evidence.action)
    try:
        return serve(evidence.file, file_name_of(evidence), evidence.content_type)
    except FileGone:
        context = {"action": evidence.action, "evidence": evidence}
        page = "reports/followup/evidence_gone.html"
        return render(request, page, context, status=404)


def evidence_withdraw(request: Request, pk: int) -> HttpResponse:
    evidence = get_object_or_404(evidence_in_sight(request.user), pk=pk)
    access.require(request.user, "evidence.withdraw", evidence.action)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason, deed = form.cleaned_data["reason"], actions.withdraw_evidence
        try:
            done = attempt(
                form, lambda: deed(pk, reason=reason, acting_user=request.user)
            )
        except IllegalTransition as too_late:
            return sent_back(request, too_late, evidence.action_id)
        if done:
            messages.success(request, _("The evidence was withdrawn."))
            return redirect(to_action(evidence.action_id))
    page = "reports/followup/evidence_withdraw.html"
    more = {"evidence": evidence}
    return asked(request, page, evidence.action, form, _("Withdraw evidence"), more)
