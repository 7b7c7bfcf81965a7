"""What is done to an action: one address per verb, asked by GET, done by POST."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.transitions import IllegalTransition, step
from fgd import parties
from fgd.actions import follow_up
from fgd.models import Action, ActionVillage
from fgd.workflow import ACTION
from reports.followup.forms.decisions import NoteForm, ReasonForm, SettleForm, SureForm
from reports.followup.selectors import dossier as dossiers
from reports.followup.views.plan import crumbs

back_to_action = back_to("followup:action_detail")


def to_action(pk: int) -> str:
    return reverse("followup:action_detail", kwargs={"pk": pk})


def sent_back(request: Request, too_late: IllegalTransition, pk: int) -> HttpResponse:
    messages.warning(request, str(too_late))
    return redirect(to_action(pk))


def asked(
    request: Request,
    template: str,
    action: Action,
    form: forms.Form,
    title: str,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page that asks before a deed, or shows why it was refused."""
    url = to_action(action.pk)
    context = {
        "action": action,
        "form": form,
        "cancel_url": url,
        "crumbs": crumbs(action.reference, url, title),
        **(more or {}),
    }
    return render(request, template, context)


def _decided(
    request: Request, form: forms.Form, deed: Callable[..., Action], done: str, pk: int
) -> HttpResponse | None:
    """The way back after the deed; None while the form still asks."""
    if request.method != "POST" or not form.is_valid():
        return None
    words = form.cleaned_data
    if attempt(form, partial(deed, pk, acting_user=request.user, **words)) is None:
        return None
    messages.success(request, done)
    return redirect(to_action(pk))


@back_to_action
def action_report_done(request: Request, pk: int) -> HttpResponse:
    action = dossiers.visible_action(request.user, pk)
    if not parties.may_report_done(request.user, action):
        raise PermissionDenied("action.report")
    if request.method != "POST":
        dossiers.refuse_incomplete(action)
    form = SureForm(posted(request))
    done = _("The action is reported done. Immigration staff verify it next.")
    answer = _decided(request, form, follow_up.report_done, done, pk)
    page = "reports/followup/action_report_done.html"
    own = access.may(request.user, "action.report", action.lead_agency)
    more = {"on_behalf_of": None if own else action.lead_agency}
    return answer or asked(request, page, action, form, _("Report done"), more)


@back_to_action
def action_verify(request: Request, pk: int) -> HttpResponse:
    action = _guarded(request, pk, "verify")
    form = NoteForm(posted(request))
    done = _("The action is verified.")
    answer = _decided(request, form, follow_up.verify, done, pk)
    page = "reports/followup/action_verify.html"
    return answer or asked(request, page, action, form, _("Verify"))


@back_to_action
def action_return(request: Request, pk: int) -> HttpResponse:
    action = _guarded(request, pk, "return")
    form = ReasonForm(posted(request))
    done = _("The action was returned with your reason.")
    answer = _decided(request, form, follow_up.return_action, done, pk)
    page = "reports/followup/action_return.html"
    return answer or asked(request, page, action, form, _("Return"))


@back_to_action
def action_cancel(request: Request, pk: int) -> HttpResponse:
    action = _guarded(request, pk, "cancel")
    form = ReasonForm(posted(request))
    done = _("The action was cancelled.")
    answer = _decided(request, form, follow_up.cancel_action, done, pk)
    page = "reports/followup/action_cancel.html"
    return answer or asked(request, page, action, form, _("Cancel the action"))


def village_settle(request: Request, pk: int, village_pk: int) -> HttpResponse:
    action = dossiers.visible_action(request.user, pk)
    place = get_object_or_404(dossiers.places_of(action), village_id=village_pk)
    if not parties.may_settle(request.user, action, place.village):
        raise PermissionDenied("action.report")
    form = SettleForm(posted(request), initial=_as_it_stands(place))
    done = _("%(village)s is settled.") % {"village": place.village}
    try:
        dossiers.refuse_unless_moving(action)
        deed = partial(_settle, place.pk)
        if answer := _decided(request, form, deed, done, pk):
            return answer
    except IllegalTransition as too_late:
        return sent_back(request, too_late, pk)
    page, title = "reports/followup/village_settle.html", str(place.village)
    return asked(request, page, action, form, title, {"place": place})


def _settle(place_pk: int, _action_pk: int, **words: Any) -> Action:
    return follow_up.settle_village(place_pk, **words)


def _as_it_stands(place: ActionVillage) -> dict[str, str]:
    settled = place.status != ActionVillage.Status.PENDING
    return {"status": place.status if settled else "", "reason": place.reason}


def _guarded(request: Request, pk: int, verb: str) -> Action:
    """The action in sight, for somebody who may do this, in a state that allows it."""
    action = dossiers.visible_action(request.user, pk)
    access.require(request.user, ACTION[verb].capability, action)
    step(ACTION, verb, action.status)
    return action
