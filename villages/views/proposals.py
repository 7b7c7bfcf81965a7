from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.transitions import IllegalTransition, step
from villages import actions, selectors
from villages.forms.designations import DropForm
from villages.forms.profile import ProposalForm
from villages.forms.search import PlaceSearch
from villages.models import Region, Village
from villages.standing import require_somewhere
from villages.views.frames import (
    back_to_tab,
    village_crumbs,
    village_in_sight,
    village_url,
)
from villages.workflow import PROPOSAL


@require_safe
def proposal_search(request: Request) -> HttpResponse:
    """Villages of the own area that are not in the register yet."""
    require_somewhere(request.user, "village.propose")
    form = PlaceSearch(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "typed": typed,
        "regions": selectors.proposable_regions(request.user, typed),
        "crumbs": [
            (_("Villages"), reverse("villages:village_list")),
            (_("Propose a village"), None),
        ],
    }
    return render(request, "villages/proposal_search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_propose(request: Request, code: str) -> HttpResponse:
    """A village of the own area is proposed; a foreign one is not found."""
    region = get_object_or_404(selectors.own_regions(request.user), code=code)
    try:
        form = ProposalForm(posted(request), instance=selectors.dropped_in(region))
        village = _proposed(request, region, form)
    except IllegalTransition as too_late:
        messages.warning(request, str(too_late))
        return redirect("villages:proposal_search")
    if village is None:
        return render(request, "villages/village_propose.html", _page(region, form))
    messages.success(
        request,
        _("%(village)s is proposed. The regional office decides by decree.")
        % {"village": village},
    )
    if selectors.villages_for(request.user).filter(pk=village.pk).exists():
        return redirect("villages:village_profile", code=code)
    return redirect("villages:proposal_search")


@back_to_tab("village_designations")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_withdraw(request: Request, code: str) -> HttpResponse:
    """The office takes its proposal back."""
    explanation = _("The regional office no longer decides on it.")
    return _drop(request, code, "withdraw", explanation)


@back_to_tab("village_designations")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_decline(request: Request, code: str) -> HttpResponse:
    """The regional office does not designate the village."""
    explanation = _("The office reads your reason, and may propose it again later.")
    return _drop(request, code, "decline", explanation)


def _drop(request: Request, code: str, verb: str, explanation: str) -> HttpResponse:
    village = village_in_sight(request, code)
    row = PROPOSAL[verb]
    access.require(request.user, row.capability, village)
    step(PROPOSAL, verb, village.status)
    form = DropForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.drop_proposal(village, verb, reason, acting_user=request.user)
        messages.success(request, _("The village is no longer proposed."))
        return redirect("villages:village_designations", code=code)
    context = {
        "form": form,
        "intro": explanation,
        "title": row.label,
        "submit_label": row.label,
        "cancel_url": village_url("village_designations", village),
        "crumbs": [*village_crumbs(village), (row.label, None)],
        "village": village,
    }
    return render(request, "villages/proposal_drop.html", context)


def _proposed(request: Request, region: Region, form: ProposalForm) -> Village | None:
    if not form.is_valid():
        return None
    propose = partial(
        actions.propose_village, region, form.cleaned_data, acting_user=request.user
    )
    return attempt(form, propose)


def _page(region: Region, form: ProposalForm) -> dict[str, object]:
    search = reverse("villages:proposal_search")
    return {
        "form": form,
        "region": region,
        "submit_label": _("Propose %(village)s") % {"village": region},
        "cancel_url": search,
        "crumbs": [
            (_("Villages"), reverse("villages:village_list")),
            (_("Propose a village"), search),
            (region, None),
        ],
    }
