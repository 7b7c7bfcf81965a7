"""Recommendations, and under each the actions that follow from it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from fgd.actions import agreements as deeds
from fgd.forms.agreements import ActionForm, RecommendationForm
from fgd.models import Action, Recommendation, Session
from fgd.selectors.agencies import confirmed_agencies
from fgd.selectors.agreements import recommendations_of
from fgd.selectors.sessions import agency_ids_at, villages_of, visible_session
from fgd.views.answering import ask, do, page_of, readable, unlocked
from fgd.workflow import ACTION_TONES, refuse_not_running

TAB = "fgd:session_agreements"


def session_agreements(request: Request, pk: int) -> HttpResponse:
    session = readable(visible_session(request.user, pk), request.user)
    context = page_of(request, session, "agreements")
    running = session.status == Session.Status.IN_PROGRESS
    context |= {
        "recommendations": [
            (row, _with_tones(row)) for row in recommendations_of(session, request.user)
        ],
        "may_write": running and access.may(request.user, "action.create", session),
    }
    if context["may_write"]:
        context["form"] = RecommendationForm(session=session)
    return render(request, "fgd/session_agreements.html", context)


def _with_tones(row: Recommendation) -> list[tuple[Action, str]]:
    states = Action.Status
    return [
        (action, ACTION_TONES[states(action.status)]) for action in row.actions.all()
    ]


# --- Recommendations ---------------------------------------------------------


@back_to(TAB, "pk")
def recommendation_add(request: Request, pk: int) -> HttpResponse:
    session = running(request, pk, "action.create")
    form = RecommendationForm(request.POST or None, session=session)
    return ask(
        request,
        session,
        form,
        lambda: deeds.add_recommendation(
            pk, acting_user=request.user, **_recommended(form)
        ),
        title=_("Add a recommendation"),
        tab=TAB,
        told=_("The recommendation is added."),
    )


@back_to(TAB, "pk")
def recommendation_change(
    request: Request, pk: int, recommendation: int
) -> HttpResponse:
    session = running(request, pk, "action.change")
    row = get_object_or_404(session.recommendations, pk=recommendation)
    form = RecommendationForm(request.POST or None, instance=row, session=session)
    return ask(
        request,
        session,
        form,
        lambda: deeds.change_recommendation(
            recommendation,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            **_recommended(form),
        ),
        title=_("Change the recommendation"),
        tab=TAB,
        told=_("The recommendation is changed."),
        row=row,
    )


@require_POST
@back_to(TAB, "pk")
def recommendation_remove(
    request: Request, pk: int, recommendation: int
) -> HttpResponse:
    session = running(request, pk, "action.change")
    get_object_or_404(session.recommendations, pk=recommendation)
    do(
        request,
        lambda: deeds.remove_recommendation(recommendation, acting_user=request.user),
        told=_("The recommendation is removed."),
    )
    return redirect(TAB, pk)


# --- Actions -----------------------------------------------------------------


@back_to(TAB, "pk")
def action_add(request: Request, pk: int, recommendation: int) -> HttpResponse:
    session = running(request, pk, "action.create")
    row = get_object_or_404(session.recommendations, pk=recommendation)
    form = _action_form(request, session)
    return ask(
        request,
        session,
        form,
        lambda: deeds.add_action(
            row.pk, acting_user=request.user, promise=deeds.Promise(**form.promise())
        ),
        title=_("Add an action"),
        tab=TAB,
        told=_("The action is added."),
        intro=str(row),
        submit_label=_("Save the action"),
        again_label=_("Save and add another"),
        onward=request.path if "lagi" in request.POST else None,
    )


@back_to(TAB, "pk")
def action_change(request: Request, pk: int, action: int) -> HttpResponse:
    session = running(request, pk, "action.change")
    row = get_object_or_404(session.actions, pk=action)
    form = _action_form(request, session, row)

    def deed() -> Action:
        return deeds.change_action(
            action,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            promise=deeds.Promise(**form.promise()),
        )

    words = {"title": _("Change the action"), "told": _("The action is changed.")}
    return ask(request, session, form, deed, tab=TAB, row=row, **words)


@require_POST
@back_to(TAB, "pk")
def action_remove(request: Request, pk: int, action: int) -> HttpResponse:
    session = running(request, pk, "action.change")
    get_object_or_404(session.actions, pk=action)
    do(
        request,
        lambda: deeds.remove_action(action, acting_user=request.user),
        told=_("The action is removed."),
    )
    return redirect(TAB, pk)


def running(request: Request, pk: int, capability: str) -> Session:
    """The session for one who may write its agreements, while people sit there."""
    session = unlocked(request, pk, capability)
    refuse_not_running(session)
    return session


def _action_form(
    request: Request, session: Session, row: Action | None = None
) -> ActionForm:
    return ActionForm(
        request.POST or None,
        instance=row,
        user=request.user,
        known=villages_of(session),
        agencies=confirmed_agencies(),
        invited=agency_ids_at(session),
    )


def _recommended(form: RecommendationForm) -> dict[str, Any]:
    topic = form.cleaned_data["topic"]
    return {
        "text": form.cleaned_data["text"],
        "topic_id": topic.pk if topic else None,
    }
