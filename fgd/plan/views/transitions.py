"""Transitions of an action: GET asks for confirmation, POST carries them out."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.stale_edits import SeenReasonForm
from desabinaan.lib.workflow.seen import latest_event_of
from fgd.plan import selectors, services
from fgd.plan.forms.decisions import (
    MOST_CHARACTERS,
    DoneForm,
    NoteForm,
)
from fgd.plan.models import Action
from fgd.plan.views.action_pages import (
    DETAIL,
    action_confirmation_page,
    action_review_page,
    back_to_action,
)
from fgd.plan.workflow import (
    ACTION,
    check_action,
    refuse_incomplete,
    refuse_unless_moving,
)


@require_form_methods
@back_to(DETAIL, "pk")
@reads_form(DoneForm)
def action_report_done(request: Request, pk: int) -> HttpResponse:
    action = selectors.visible_action(request.user, pk)
    if not selectors.may_act_for_lead(request.user, action):
        raise PermissionDenied("action.report")
    refuse_unless_moving(action, ACTION["report_done"].label)
    form = DoneForm(post_or_none(request), percent=action.percent)
    if not form.is_bound:
        refuse_incomplete(action)
    if form.is_valid():
        values = {**form.cleaned_data, "acting_user": request.user}
        if run_service(form, services.report_done, pk, **values):
            text = _("The action is reported done. Immigration staff verify it next.")
            messages.success(request, text)
            return redirect(DETAIL, pk)
    is_own = access.may(request.user, "action.report", action.lead_agency)
    agency = None if is_own else action.lead_agency
    return action_confirmation_page(
        request, action, form, "report_done", on_behalf_of=agency
    )


@require_form_methods
@back_to(DETAIL, "pk")
@reads_form(NoteForm)
def action_verify(request: Request, pk: int) -> HttpResponse:
    action = _action_for_transition(request, pk, "verify")
    selectors.require_verifier(request.user, action)
    form = NoteForm(post_or_none(request))
    if form.is_valid():
        values = {**form.cleaned_data, "acting_user": request.user}
        if run_service(form, services.verify, pk, **values):
            messages.success(request, _("The action is verified."))
            return redirect(DETAIL, pk)
    form.show(latest_event_of(action))
    return action_review_page(request, action, form, "verify")


@require_form_methods
@back_to_action
@reads_form(SeenReasonForm)
def action_return(request: Request, pk: int) -> HttpResponse:
    said = _("The action was returned with your reason.")
    return _with_reason(request, pk, "return", services.return_action, said)


@require_form_methods
@back_to_action
@reads_form(SeenReasonForm)
def action_cancel(request: Request, pk: int) -> HttpResponse:
    said = _("The action was cancelled.")
    return _with_reason(request, pk, "cancel", services.cancel_action, said)


def _with_reason(
    request: Request, pk: int, verb: str, service: Callable[..., Action], said: str
) -> HttpResponse:
    """Show the action and ask why; then call the service."""
    action = _action_for_transition(request, pk, verb)
    form = SeenReasonForm(post_or_none(request), max_length=MOST_CHARACTERS)
    if form.is_valid():
        values = {**form.cleaned_data, "acting_user": request.user}
        if run_service(form, service, pk, **values):
            messages.success(request, said)
            return redirect(DETAIL, pk)
    form.show(latest_event_of(action))
    return action_review_page(request, action, form, verb)


def _action_for_transition(request: Request, pk: int, verb: str) -> Action:
    """Return the visible action; refuse users and states without this transition."""
    action = selectors.visible_action(request.user, pk)
    access.require(request.user, ACTION[verb].capability, action)
    check_action(action, verb)
    return action
