"""The action plan, its export, and the page of one action."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import listing, ordered
from fgd.agencies.permissions import require_capability_anywhere
from fgd.plan import selectors
from fgd.plan.forms.filters import OwnPlanFilter, PlanFilter
from fgd.plan.presenters import details, files
from fgd.plan.presenters.rows import plan_sorts, with_labels
from fgd.plan.views.action_pages import action_crumbs


def action_list(request: Request) -> HttpResponse:
    require_capability_anywhere(request.user, "action.view")
    form = _filter(request)
    actions = form.narrowed(selectors.actions_in_plan(request.user))
    page = listing(request.GET, selectors.list_values(actions), plan_sorts(), form)
    context = {
        "form": form,
        "list": page,
        "rows": with_labels(page.rows),
        "whole": selectors.sees_whole_plan(request.user),
    }
    return render(request, "plan/action_list.html", context)


@require_POST
def action_export(request: Request) -> HttpResponseBase:
    """Download the filtered actions as a file."""
    require_capability_anywhere(request.user, "action.view")
    form = _filter(request)
    actions = form.narrowed(selectors.actions_in_plan(request.user))
    rows = ordered(request.GET, selectors.list_values(actions), plan_sorts())
    return list_response(request, files.action_file(), rows, form)


def _filter(request: Request) -> OwnPlanFilter:
    """Return the validated filter form that suits what the user sees."""
    whole = selectors.sees_whole_plan(request.user)
    form = (
        PlanFilter(request.GET, user=request.user)
        if whole
        else OwnPlanFilter(request.GET)
    )
    form.is_valid()
    return form


def action_detail(request: Request, pk: int) -> HttpResponse:
    action = selectors.visible_action(request.user, pk)
    detail = selectors.action_detail_for(action, request.user)
    context = {
        "action": action,
        "detail": detail,
        "rights": detail.rights,
        "badge_style": details.badge_style_of(action),
        "is_overdue": action.is_overdue(),
        "steps": details.stepper(detail, request.user),
        "facts": details.facts(detail),
        "details": details.details(detail),
        "places": details.places(detail),
        "updates": details.updates(detail),
        "loose_evidence": details.loose_evidence(detail),
        "missing": details.missing(detail),
        "months": details.months_of(action),
        "crumbs": action_crumbs(action),
    }
    return render(request, "plan/action_detail.html", context)
