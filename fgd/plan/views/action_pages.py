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
from fgd.plan.presenters.questions import QUESTIONS

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
    return confirmation_page(
        request,
        form,
        **QUESTIONS[verb],
        cancel_url=url,
        crumbs=action_crumbs(action, url),
        template="plan/action_confirm.html",
        action=action,
        **context,
    )
