from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.stale_edits import ShownReasonForm
from desabinaan.lib.workflow.transitions import check_transition
from villages.places import selectors as places_selectors
from villages.places.permissions import require_capability_anywhere
from villages.register import selectors, services
from villages.register.forms.profile import ProposalForm
from villages.register.forms.search import PlaceSearch
from villages.register.models import Village
from villages.register.selectors.regions import dropped_in
from villages.register.views.pages import (
    register_crumb,
    village_and_code,
    village_crumbs,
    village_url,
    visible_village_or_404,
)
from villages.register.workflow import PROPOSAL


@require_safe
def proposal_search(request: Request) -> HttpResponse:
    """List villages of one's own area that are not in the register yet."""
    require_capability_anywhere(request.user, "village.propose")
    form = PlaceSearch(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "typed": typed,
        "regions": selectors.proposable_regions(request.user, typed),
        "crumbs": [register_crumb(), (_("Propose a village"), None)],
    }
    return render(request, "register/proposal_search.html", context)


@back_to("register:proposal_search", with_arguments=False)
@reads_form(ProposalForm)
@require_form_methods
@once_per_form
def village_propose(request: Request, code: str) -> HttpResponse:
    """Propose a village of one's own area; any other one answers 404."""
    user = request.user
    region = get_object_or_404(places_selectors.own_regions(user), code=code)
    search = reverse("register:proposal_search")
    form = ProposalForm(post_or_none(request), instance=dropped_in(region))
    if form.is_valid():
        propose, facts = services.propose_village, form.cleaned_data
        if village := run_service(form, propose, region, facts, acting_user=user):
            return _proposed(request, village)
    kind = capfirst(region.get_kind_display())
    return form_page(
        request,
        form,
        title=_("Propose %(village)s") % {"village": region},
        intro=f"{kind} {region}, {region.parent} · {region.code}",
        submit_label=_("Propose %(village)s") % {"village": region},
        cancel_url=search,
        crumbs=[register_crumb(), (_("Propose a village"), search)],
    )


@back_to("register:village_designations", "code")
@require_form_methods
def proposal_withdraw(request: Request, code: str) -> HttpResponse:
    """Withdraw the office's proposal."""
    return _drop(
        request,
        code,
        "withdraw",
        question=_("Withdraw the proposal of %(village)s?"),
        explanation=_("The regional office no longer decides on it."),
    )


@back_to("register:village_designations", "code")
@require_form_methods
def proposal_decline(request: Request, code: str) -> HttpResponse:
    """Decline a proposal as the regional office."""
    return _drop(
        request,
        code,
        "decline",
        question=_("Decline the proposal of %(village)s?"),
        explanation=_("The office reads your reason, and may propose it again later."),
    )


def _drop(request: Request, code: str, verb: str, **texts: str) -> HttpResponse:
    """End a proposal without a decree, with a reason; `verb` is a key of PROPOSAL."""
    village = visible_village_or_404(request, code)
    row = PROPOSAL[verb]
    access.require(request.user, row.capability, village)
    check_transition(PROPOSAL, verb, village.status, village)
    hint = _("The office and the regional office read this. No names.")
    form = ShownReasonForm(post_or_none(request), hint=hint)
    if form.is_valid():
        drop, typed = services.drop_proposal, form.cleaned_data
        if run_service(form, drop, village, verb, **typed, acting_user=request.user):
            messages.success(request, _("The village is no longer proposed."))
            return redirect("register:village_designations", code=code)
    form.show(village.version)
    return confirmation_page(
        request,
        form,
        title=row.label,
        question=texts["question"] % {"village": village_and_code(village)},
        explanation=texts["explanation"],
        submit_label=row.label,
        cancel_url=village_url("register:village_designations", village),
        crumbs=village_crumbs(village),
    )


def _proposed(request: Request, village: Village) -> HttpResponse:
    """Confirm the proposal; a PIMPASA may not read the village before its decree."""
    messages.success(
        request,
        _("%(village)s is proposed. The regional office decides by decree.")
        % {"village": village},
    )
    if selectors.villages_for(request.user).filter(pk=village.pk).exists():
        return redirect("register:village_profile", code=village.code)
    return redirect("register:proposal_search")
