from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import CURSOR, SORT, address
from villages.places.permissions import (
    has_capability_anywhere,
    require_capability_anywhere,
)
from villages.register import selectors
from villages.register.forms.search import PlaceSearch
from villages.register.presenters.lists import VILLAGES, with_labels
from villages.register.views.pages import register_crumb


@require_safe
def village_list(request: Request) -> HttpResponse:
    """Show the register: which villages are fostered, by whom, since which decree."""
    user = request.user
    require_capability_anywhere(user, "village.view")
    form, listing = VILLAGES.page(request)
    context = {
        "form": form,
        "listing": listing,
        "rows": with_labels(listing.rows, form.day),
        "day": form.day,
        "may_propose": has_capability_anywhere(user, "village.propose"),
        "may_import": has_capability_anywhere(user, "village.import"),
        "sees_zoning": has_capability_anywhere(user, "office.view"),
        "sees_vulnerability": has_capability_anywhere(user, "vulnerability.view"),
        "map_url": _map_url(request),
        "crumbs": [(_("Villages"), None)],
    }
    return render(request, "register/village_list.html", context)


@require_POST
def village_export(request: Request) -> HttpResponseBase:
    """Return the villages of the register as a file."""
    require_capability_anywhere(request.user, "village.view")
    return VILLAGES.file_response(request)


@require_safe
@vary_on_headers("Accept")
def village_search(request: Request) -> HttpResponse:
    """Search the visible villages; answer as JSON for a field, else as a page."""
    require_capability_anywhere(request.user, "village.view")
    form = PlaceSearch(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = selectors.suggestions(typed, request.user)
    if request.accepts("text/html"):
        crumbs = [register_crumb(), (_("Search"), None)]
        context = {"form": form, "typed": typed, "villages": found, "crumbs": crumbs}
        return render(request, "register/village_search.html", context)
    return JsonResponse({"villages": [village.name_and_code for village in found]})


def _map_url(request: Request) -> str:
    """Return the URL of the map with the same filters; empty without permission."""
    if not has_capability_anywhere(request.user, "village.map"):
        return ""
    filters = address(request.GET, {SORT: "", CURSOR: ""})
    return reverse("portal:village_map") + filters
