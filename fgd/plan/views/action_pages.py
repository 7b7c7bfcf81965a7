"""What the pages of one action share: breadcrumbs, and the way back to the action."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    AnyForm,
    back_to,
    confirmation_page,
    form_page,
)
from fgd.plan.models import Action
from fgd.plan.presenters.details import contents_of
from fgd.plan.presenters.questions import QUESTIONS
from fgd.plan.selectors.details import action_detail_for

DETAIL = "plan:action_detail"
back_to_action = back_to(DETAIL, "pk")


def action_crumbs(
    action: Action, url: str | None = None
) -> list[tuple[object, str | None]]:
    """Return the breadcrumbs from the home page to the action."""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Action plan"), reverse("plan:action_list")),
        (action.reference, url),
    ]


def action_form_page(
    request: Request,
    action: Action,
    form: AnyForm,
    *,
    title: StrOrPromise,
    submit_label: StrOrPromise,
    **context: Any,
) -> HttpResponse:
    """Show a form about the action on a page of its own."""
    url = reverse(DETAIL, args=[action.pk])
    return form_page(
        request,
        form,
        title=title,
        submit_label=submit_label,
        cancel_url=url,
        crumbs=action_crumbs(action, url),
        intro=f"{action.reference} · {action.title}",
        **context,
    )


def action_confirmation_page(
    request: Request, action: Action, form: AnyForm, verb: str, **context: Any
) -> HttpResponse:
    """Ask the question of `verb` (a key of QUESTIONS) about the action."""
    url = reverse(DETAIL, args=[action.pk])
    page: dict[str, Any] = {
        "template": "plan/action_confirm.html",
        "action": action,
    } | context
    return confirmation_page(
        request,
        form,
        **QUESTIONS[verb],
        cancel_url=url,
        crumbs=action_crumbs(action, url),
        **page,
    )


def action_review_page(
    request: Request, action: Action, form: AnyForm, verb: str, **context: Any
) -> HttpResponse:
    """Show all that was reported, then ask the question of `verb` about it."""
    page = contents_of(action_detail_for(action, request.user)) | context
    # The question is on this page: no buttons beside it lead to another one.
    page["places"] = [
        row | {"decide_url": "", "settle_url": ""} for row in page["places"]
    ]
    page["template"] = "plan/action_review.html"
    return action_confirmation_page(request, form=form, verb=verb, **page)
