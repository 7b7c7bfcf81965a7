from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from desabinaan.accounts.http import Request
from desabinaan.lib.listing import CURSOR, SORT, address, listing
from villages import selectors
from villages.forms.register import RegisterFilter
from villages.forms.search import PlaceSearch
from villages.selectors.register import (
    dressed,
    register_choices,
    register_rows,
    register_sorts,
)
from villages.standing import may_somewhere, require_somewhere


@require_safe
def village_list(request: Request) -> HttpResponse:
    """The register: what is fostered, by whom, since which decree."""
    user = request.user
    require_somewhere(user, "village.view")
    form = RegisterFilter(request.GET, offered=register_choices(user))
    form.is_valid()
    page = listing(
        request.GET, form.narrow(register_rows(user, form.day)), register_sorts(), form
    )
    context = {
        "form": form,
        "listing": page,
        "rows": dressed(page.rows, form.day),
        "day": form.day,
        "may_propose": may_somewhere(user, "village.propose"),
        "may_import": may_somewhere(user, "village.import"),
        "sees_zoning": may_somewhere(user, "office.view"),
        "sees_vulnerability": may_somewhere(user, "vulnerability.view"),
        "map_url": _map_url(request),
        "crumbs": [(_("Villages"), None)],
    }
    return render(request, "villages/village_list.html", context)


@require_safe
@vary_on_headers("Accept")
def village_search(request: Request) -> HttpResponse:
    """Villages in sight for what was typed: as JSON for a field, else as a page."""
    require_somewhere(request.user, "village.view")
    form = PlaceSearch(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = selectors.suggestions(typed, request.user)
    if request.accepts("text/html"):
        crumbs = [
            (_("Villages"), reverse("villages:village_list")),
            (_("Search"), None),
        ]
        context = {"form": form, "typed": typed, "villages": found, "crumbs": crumbs}
        return render(request, "villages/village_search.html", context)
    return JsonResponse({"villages": [selectors.label_of(one) for one in found]})


def _map_url(request: Request) -> str:
    """The map with the same filters, for whoever may open it."""
    if not may_somewhere(request.user, "village.map"):
        return ""
    filters = address(request.GET, {SORT: "", CURSOR: ""})
    return reverse("recap:village_map") + filters
