"""The action plan, its export, and the page of one action."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from fgd.agencies.permissions import require_capability_anywhere
from fgd.plan import selectors
from fgd.plan.presenters import details
from fgd.plan.presenters.lists import ACTIONS, with_labels
from fgd.plan.presenters.states import state_badge
from fgd.plan.views.action_pages import action_crumbs
from fgd.plan.workflow import waits_for_decision


def action_list(request: Request) -> HttpResponse:
    require_capability_anywhere(request.user, "action.view")
    form, listing = ACTIONS.page(request)
    context = {
        "form": form,
        "listing": listing,
        "rows": with_labels(listing.rows),
        "whole": selectors.sees_whole_plan(request.user),
    }
    return render(request, "plan/action_list.html", context)


@require_POST
def action_export(request: Request) -> HttpResponseBase:
    """Download the filtered actions as a file."""
    require_capability_anywhere(request.user, "action.view")
    return ACTIONS.file_response(request)


def action_detail(request: Request, pk: int) -> HttpResponse:
    action = selectors.visible_action(request.user, pk)
    detail = selectors.action_detail_for(action, request.user)
    context = details.contents_of(detail) | {
        "state": state_badge(action),
        "is_overdue": action.is_overdue(),
        "steps": details.stepper(detail, request.user),
        "conflict": details.CONFLICTS[detail.conflict],
        "details": details.details(detail),
        "missing": details.missing(detail),
        "waits_only": waits_for_decision(action),
        "months": details.months_of(action),
        "crumbs": action_crumbs(action),
    }
    return render(request, "plan/action_detail.html", context)
