"""Where the villages lie and which are covered: a map, and the same as a table."""

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.listing import address, chips_of
from reports.recap.forms import WindowForm, asked_of, filter_from
from reports.recap.selectors import coverage
from villages.selectors.boundaries import outlines
from villages.selectors.register import register_choices
from villages.standing import require_somewhere


@require_safe
def village_map(request: Request) -> HttpResponse:
    """The coverage by regency; where JavaScript runs, on a map as well."""
    user = request.user
    require_somewhere(user, coverage.MAP)
    form = filter_from(request.GET, register_choices(user))
    regencies = coverage.by_regency(user, asked_of(form, user))
    context = {
        "form": form,
        "chips": chips_of(request.GET, form),
        "regencies": coverage.dressed(regencies, request.GET),
        "totals": coverage.totals(regencies),
        "box": coverage.box_of(regencies),
        "month": coverage.month_asked(),
        "refreshed_at": coverage.refreshed_at(),
        "list_url": reverse("villages:village_list") + address(request.GET, {}),
        "crumbs": [
            (_("Villages"), reverse("villages:village_list")),
            (_("Map"), None),
        ],
    }
    return render(request, "reports/recap/village_map.html", context)


@require_safe
def map_points(request: Request) -> HttpResponse:
    """The villages of a stretch of the map, near ones gathered in groups."""
    user = request.user
    require_somewhere(user, coverage.MAP)
    asked_window = WindowForm(request.GET)
    if not asked_window.is_valid():
        return HttpResponseBadRequest(content_type="text/plain")
    form = filter_from(request.GET, register_choices(user))
    found = coverage.points(user, asked_of(form, user), asked_window.window())
    return JsonResponse(found, json_dumps_params={"separators": (",", ":")})


@require_safe
def map_outlines(request: Request) -> HttpResponse:
    """The outlines of regions that touch a stretch of the map."""
    require_somewhere(request.user, coverage.MAP)
    asked_window = WindowForm(request.GET)
    if not asked_window.is_valid():
        return HttpResponseBadRequest(content_type="text/plain")
    asked = asked_window.cleaned_data
    found = {"regions": outlines(*asked["bbox"], zoom=asked["zoom"])}
    return JsonResponse(found, json_dumps_params={"separators": (",", ":")})
