"""The map of the villages and their coverage, also as a table."""

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import address, chips_of, said_of
from desabinaan.portal import selectors
from desabinaan.portal.forms import WindowForm, asked_of, filter_from
from desabinaan.portal.presenters.coverage import with_days_as_text, with_shares
from villages.places.permissions import require_capability_anywhere
from villages.places.selectors.boundaries import outlines
from villages.register.selectors.register import register_choices


@require_safe
def village_map(request: Request) -> HttpResponse:
    """Show the coverage by regency; with JavaScript, on a map as well."""
    user = request.user
    require_capability_anywhere(user, selectors.MAP)
    form = filter_from(request.GET, register_choices(user))
    regencies = selectors.by_regency(user, asked_of(form, user))
    context = {
        "form": form,
        "chips": chips_of(request.GET, form),
        "shown": said_of(form),
        "regencies": with_shares(regencies, request.GET),
        "totals": selectors.totals(regencies),
        "box": selectors.box_of(regencies),
        "month": selectors.month_asked(),
        "refreshed_at": selectors.refreshed_at(),
        "list_url": reverse("register:village_list") + address(request.GET, {}),
        "crumbs": [
            (_("Villages"), reverse("register:village_list")),
            (_("Map"), None),
        ],
    }
    return render(request, "portal/village_map.html", context)


@require_safe
def map_points(request: Request) -> HttpResponse:
    """Return the villages in a section of the map; near ones form groups."""
    user = request.user
    require_capability_anywhere(user, selectors.MAP)
    asked_window = WindowForm(request.GET)
    if not asked_window.is_valid():
        return HttpResponseBadRequest(content_type="text/plain")
    form = filter_from(request.GET, register_choices(user))
    found = selectors.points(user, asked_of(form, user), asked_window.window())
    answer = with_days_as_text(found)
    return JsonResponse(answer, json_dumps_params={"separators": (",", ":")})


@require_safe
def map_outlines(request: Request) -> HttpResponse:
    """Return the outlines of regions in a section of the map."""
    require_capability_anywhere(request.user, selectors.MAP)
    asked_window = WindowForm(request.GET)
    if not asked_window.is_valid():
        return HttpResponseBadRequest(content_type="text/plain")
    asked = asked_window.cleaned_data
    found = {"regions": outlines(*asked["bbox"], zoom=asked["zoom"])}
    return JsonResponse(found, json_dumps_params={"separators": (",", ":")})
