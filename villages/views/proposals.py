from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.transitions import IllegalTransition
from villages import actions, selectors
from villages.forms.profile import ProposalForm
from villages.forms.search import PlaceSearch
from villages.models import Region, Village
from villages.standing import require_somewhere


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
    form = ProposalForm(posted(request))
    try:
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


def _proposed(request: Request, region: Region, form: ProposalForm) -> Village | None:
    selectors.refuse_fostered(region)
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
