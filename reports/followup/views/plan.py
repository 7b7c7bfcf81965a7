"""The action plan, and the page of one action."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_answer
from desabinaan.accounts.http import Request
from desabinaan.lib.listing import Sort, listing, ordered
from fgd.standing import require_somewhere
from reports.followup.forms.filters import OwnPlanFilter, PlanFilter
from reports.followup.selectors import dossier as dossiers
from reports.followup.selectors import plan, sheets, story


def action_list(request: Request) -> HttpResponse:
    require_somewhere(request.user, "action.view")
    form = _filter(request)
    actions = form.narrowed(plan.actions_in_plan(request.user))
    page = listing(request.GET, plan.told_in_rows(actions), _sorts(), form)
    context = {
        "form": form,
        "list": page,
        "rows": plan.dressed(page.rows),
        "whole": plan.sees_whole_plan(request.user),
    }
    return render(request, "reports/followup/action_list.html", context)


@require_POST
def action_export(request: Request) -> HttpResponseBase:
    """The actions in sight as a file."""
    require_somewhere(request.user, "action.view")
    form = _filter(request)
    actions = form.narrowed(plan.actions_in_plan(request.user))
    rows = ordered(request.GET, plan.told_in_rows(actions), _sorts())
    return list_answer(request, sheets.action_file(), rows, form)


def _filter(request: Request) -> OwnPlanFilter:
    """The validated filter form that suits what this person sees."""
    whole = plan.sees_whole_plan(request.user)
    form = (
        PlanFilter(request.GET, user=request.user)
        if whole
        else OwnPlanFilter(request.GET)
    )
    form.is_valid()
    return form


def _sorts() -> dict[str, Sort]:
    labels = {"tenggat": _("Due date"), "nomor": _("Reference")}
    return {key: Sort(order, labels[key]) for key, order in plan.SORTS.items()}


def action_detail(request: Request, pk: int) -> HttpResponse:
    action = dossiers.visible_action(request.user, pk)
    told = dossiers.dossier(action, request.user)
    context = {
        "action": action,
        "told": told,
        "rights": told.rights,
        "tone": story.tone_of(action),
        "is_overdue": action.is_overdue(),
        "steps": story.chain(told, request.user),
        "facts": story.facts(told),
        "details": story.details(told),
        "places": story.places(told),
        "updates": story.updates(told),
        "loose_evidence": story.loose_evidence(told),
        "missing": story.missing(told),
        "months": story.months_of(action),
        "crumbs": crumbs(action.reference, None),
    }
    return render(request, "reports/followup/action_detail.html", context)


def crumbs(reference: str, url: str | None, *more: str) -> list[tuple[str, str | None]]:
    """From home to the action, and to what is done there."""
    path: list[tuple[str, str | None]] = [
        (_("Home"), reverse("recap:home")),
        (_("Action plan"), reverse("followup:action_list")),
        (reference, url),
    ]
    return path + [(label, None) for label in more]
