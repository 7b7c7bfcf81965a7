"""What becomes of an action in one village: done, waiver requested, waiver decided."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.stale_edits import ShownForm, compare_with_saved
from fgd.plan import selectors, services
from fgd.plan.forms.decisions import GRANT, SettleForm, WaiverForm
from fgd.plan.models import Action, ActionVillage
from fgd.plan.views.action_pages import (
    DETAIL,
    action_form_page,
    action_review_page,
)
from fgd.plan.workflow import (
    DECIDE_WAIVER,
    SETTLE_VILLAGE,
    check_settling,
    check_waiver,
    refuse_unless_moving,
    village_steps,
)

PAGE: dict[str, Any] = {
    "submit_label": gettext_lazy("Save"),
    "template": "plan/village_settle.html",
}
#: step -> its service, and the message afterwards
SETTLED: dict[str, tuple[Callable[..., ActionVillage], StrOrPromise]] = {
    "village_done": (
        services.mark_village_done,
        gettext_lazy("%(village)s is marked as done."),
    ),
    "waiver_requested": (
        services.request_waiver,
        gettext_lazy("The waiver of %(village)s is requested."),
    ),
    "waiver_corrected": (
        services.correct_waiver_request,
        gettext_lazy("The request for %(village)s has its new reason."),
    ),
    "waiver_withdrawn": (
        services.withdraw_waiver_request,
        gettext_lazy("The request for %(village)s is withdrawn."),
    ),
}
#: whether the waiver was granted -> message
DECIDED = {
    True: gettext_lazy("The waiver of %(village)s is granted."),
    False: gettext_lazy("The waiver of %(village)s is declined."),
}


@require_form_methods
@back_to(DETAIL, "pk")
@reads_form(SettleForm)
def village_settle(request: Request, pk: int, village_pk: int) -> HttpResponse:
    """Mark the action as done in the village, or ask for a waiver of it."""
    action, user = selectors.visible_action(request.user, pk), request.user
    place = _place(action, village_pk)
    may_request = selectors.may_act_for_lead(user, action)
    if not selectors.may_settle(user, action, place.village):
        raise PermissionDenied("action.report")
    check_settling(place, for_lead=may_request)
    form = SettleForm(post_or_none(request), place=place, may_request=may_request)
    if not form.is_bound:
        refuse_unless_moving(action, SETTLE_VILLAGE)
    if form.is_valid() and (message := _settle(form, place, user)):
        messages.success(request, message)
        return redirect(DETAIL, pk)
    form.offer(village_steps(place, for_lead=may_request))
    form.show(place.version)
    return action_form_page(
        request,
        action,
        form,
        title=str(place.village),
        **PAGE,
        place=place,
        waits_for=selectors.waiver_deciders(action, [place]),
    )


@require_form_methods
@back_to(DETAIL, "pk")
@reads_form(WaiverForm)
def waiver_decide(request: Request, pk: int, village_pk: int) -> HttpResponse:
    """Grant or decline the waiver that the lead agency requested for the village."""
    action = selectors.visible_action(request.user, pk)
    place = _place(action, village_pk)
    selectors.require_waiver_decider(request.user, place)
    form = WaiverForm(post_or_none(request))
    if not form.is_bound:
        refuse_unless_moving(action, DECIDE_WAIVER)
    if form.is_valid():
        granted = form.cleaned_data["decision"] == GRANT
        service = services.grant_waiver if granted else services.decline_waiver
        if _saved(form, service, place, request.user, note=form.cleaned_data["note"]):
            messages.success(request, DECIDED[granted] % {"village": place.village})
            return redirect(DETAIL, pk)
    check_waiver(place)
    form.show(place.version)
    return action_review_page(request, action, form, "waiver", waiver=place)


def _settle(form: SettleForm, place: ActionVillage, user: User) -> str:
    """Take the chosen step; return its message, or "" when the form is shown again."""
    step = form.step(place)
    service, message = SETTLED[step]
    asks = step in {"waiver_requested", "waiver_corrected"}
    values = {"reason": form.cleaned_data["reason"]} if asks else {}
    saved = _saved(form, service, place, user, **values)
    return message % {"village": place.village} if saved else ""


def _saved(
    form: ShownForm,
    service: Callable[..., ActionVillage],
    place: ActionVillage,
    user: User,
    **values: str,
) -> bool:
    """Call the service; after a stale edit show the village as it is now."""
    values |= {"version": form.cleaned_data["version"]}
    if run_service(form, service, place.pk, acting_user=user, **values):
        return True
    if form.stale:
        place.refresh_from_db()
        compare_with_saved(form, place, version=place.version)
    return False


def _place(action: Action, village_pk: int) -> ActionVillage:
    place = get_object_or_404(selectors.places_of(action), village_id=village_pk)
    place.action = action
    return place
