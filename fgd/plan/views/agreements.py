"""The recommendations of a session and the actions that follow from them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
    run_button,
    run_service,
    run_versioned_service,
)
from fgd.agencies.selectors.agencies import confirmed_agencies
from fgd.plan import services
from fgd.plan.forms.agreements import ActionForm, RecommendationForm
from fgd.plan.models import Action
from fgd.plan.presenters.states import state_badge
from fgd.plan.selectors.agreements import recommendations_of
from fgd.sessions.models import Session
from fgd.sessions.selectors.sessions import agency_ids_at, villages_of, visible_session
from fgd.sessions.views.pages import (
    page_of,
    readable,
    session_form_page,
    unlocked,
)
from fgd.sessions.workflow import refuse_not_running

TAB = "plan:session_agreements"
ADD_ACTION: dict[str, Any] = {
    "title": gettext_lazy("Add an action"),
    "submit_label": gettext_lazy("Save the action"),
    "again_label": gettext_lazy("Save and add another"),
}


def session_agreements(request: Request, pk: int) -> HttpResponse:
    session = readable(visible_session(request.user, pk), request.user)
    context = page_of(request, session, "agreements")
    running = session.status == Session.Status.IN_PROGRESS
    context |= {
        "recommendations": [
            (row, [(one, state_badge(one)) for one in row.actions.all()])
            for row in recommendations_of(session, request.user)
        ],
        "may_write": running and access.may(request.user, "action.create", session),
    }
    if context["may_write"]:
        context["form"] = RecommendationForm(session=session)
    return render(request, "plan/session_agreements.html", context)


# --- Recommendations ---------------------------------------------------------


@require_form_methods
@back_to(TAB, "pk")
@reads_form(RecommendationForm)
@once_per_form
def recommendation_add(request: Request, pk: int) -> HttpResponse:
    session = running(request, pk, "action.create")
    form = RecommendationForm(post_or_none(request), session=session)
    if form.is_valid():
        saved = run_service(
            form,
            services.add_recommendation,
            pk,
            acting_user=request.user,
            **form.recommendation(),
        )
        if saved is not None:
            messages.success(request, _("The recommendation is added."))
            return redirect(TAB, pk)
    title = _("Add a recommendation")
    return session_form_page(request, session, form, tab=TAB, title=title)


@require_form_methods
@back_to(TAB, "pk")
@reads_form(RecommendationForm)
def recommendation_change(
    request: Request, pk: int, recommendation: int
) -> HttpResponse:
    session = running(request, pk, "action.change")
    row = row_or_refusal(session.recommendations.all(), recommendation, within=session)
    form = RecommendationForm(post_or_none(request), instance=row, session=session)
    if form.is_valid():
        saved = run_versioned_service(
            form,
            row,
            services.change_recommendation,
            recommendation,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            **form.recommendation(),
        )
        if saved is not None:
            messages.success(request, _("The recommendation is changed."))
            return redirect(TAB, pk)
    title = _("Change the recommendation")
    return session_form_page(request, session, form, tab=TAB, title=title)


@require_POST
@back_to(TAB, "pk")
def recommendation_remove(
    request: Request, pk: int, recommendation: int
) -> HttpResponse:
    session = running(request, pk, "action.change")
    row_or_refusal(session.recommendations.all(), recommendation, within=session)
    run_button(
        request,
        lambda: services.remove_recommendation(
            recommendation, acting_user=request.user
        ),
        message=_("The recommendation is removed."),
    )
    return redirect(TAB, pk)


# --- Actions -----------------------------------------------------------------


@require_form_methods
@back_to(TAB, "pk")
@reads_form(ActionForm)
@once_per_form
def action_add(request: Request, pk: int, recommendation: int) -> HttpResponse:
    session = running(request, pk, "action.create")
    form = _action_form(request, session)
    row = row_or_refusal(session.recommendations.all(), recommendation, within=session)
    if form.is_valid():
        saved = run_service(
            form,
            services.add_action,
            row.pk,
            acting_user=request.user,
            data=services.ActionData(**form.action_data()),
        )
        if saved is not None:
            messages.success(request, _("The action is added."))
            return (
                redirect(request.path) if "lagi" in request.POST else redirect(TAB, pk)
            )
    return session_form_page(
        request, session, form, tab=TAB, intro=str(row), **ADD_ACTION
    )


@require_form_methods
@back_to(TAB, "pk")
@reads_form(ActionForm)
def action_change(request: Request, pk: int, action: int) -> HttpResponse:
    session = running(request, pk, "action.change")
    row = row_or_refusal(session.actions.all(), action, within=session)
    form = _action_form(request, session, row)
    if form.is_valid():
        saved = run_versioned_service(
            form,
            row,
            services.change_action,
            action,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            data=services.ActionData(**form.action_data()),
        )
        if saved is not None:
            messages.success(request, _("The action is changed."))
            return redirect(TAB, pk)
    title = _("Change the action")
    return session_form_page(request, session, form, tab=TAB, title=title)


@require_POST
@back_to(TAB, "pk")
def action_remove(request: Request, pk: int, action: int) -> HttpResponse:
    session = running(request, pk, "action.change")
    row_or_refusal(session.actions.all(), action, within=session)
    run_button(
        request,
        lambda: services.remove_action(action, acting_user=request.user),
        message=_("The action is removed."),
    )
    return redirect(TAB, pk)


def running(request: Request, pk: int, capability: str) -> Session:
    """Return the session whose agreements may be written now."""
    session = unlocked(request, pk, capability)
    refuse_not_running(session)
    return session


def _action_form(
    request: Request, session: Session, row: Action | None = None
) -> ActionForm:
    return ActionForm(
        post_or_none(request),
        instance=row,
        user=request.user,
        known=villages_of(session),
        agencies=confirmed_agencies(),
        present=agency_ids_at(session),
    )
