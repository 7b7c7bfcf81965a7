"""The zoning of an office's area, and letters that cover several of its villages."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.listing import CURSOR, Listing, listing
from villages import actions, selectors
from villages.forms.assignments import LetterForm, ZoneChoice, ZoningFilter
from villages.models import Assignment, Office
from villages.selectors import zoning as zones
from villages.standing import require_somewhere
from villages.views.assignments import CHANGE, letter_of


@require_safe
def zoning(request: Request) -> HttpResponse:
    """Who serves where: villages by district, those without an officer first."""
    user = request.user
    require_somewhere(user, "office.view")
    area = zones.area_of(user, "office.view", request.GET.get("kantor", ""))
    if area is None:
        return render(request, "villages/zoning.html", {"crumbs": _crumbs()})
    officers = zones.officers_of(user, area.office)
    form = ZoningFilter(request.GET, area=area, officers=officers)
    form.is_valid()
    rows = zones.zoning_rows(form.narrow(area.villages))
    page = listing(request.GET, rows, zones.zoning_sorts(), form)
    context = {
        "area": area,
        "form": form,
        "listing": page,
        "districts": zones.by_district(zones.dressed_zone(page.rows)),
        "officers": officers,
        "zone": zones.zone_of(area),
        "alone": _alone_first(request, area, page),
        "may_assign": may(user, CHANGE, area.office),
        "crumbs": _crumbs(),
    }
    return render(request, "villages/zoning.html", context)


def _alone_first(request: Request, area: zones.Area, page: Listing) -> list[object]:
    """On the first page, while no filter asks for others."""
    if page.is_filtered or request.GET.get(CURSOR):
        return []
    return [*zones.first_without_officer(area.villages)]


@require_http_methods(["GET", "HEAD", "POST"])
def letter_issue(request: Request) -> HttpResponse:
    """One letter sends an officer to several villages of the office."""
    user = request.user
    require_somewhere(user, CHANGE)
    area = zones.area_of(user, CHANGE, request.GET.get("kantor", ""))
    if area is None:
        return redirect("villages:zoning")
    where = ZoneChoice(request.GET, area=area)
    where.is_valid()
    offered, are_more = zones.offered_villages(where.narrow(area.villages))
    form = LetterForm(
        posted(request),
        request.FILES or None,
        user=user,
        offered=offered,
        officers=selectors.officers_known_to(user),
        initial={"villages": zones.ticked(offered, request.GET.get("desa", ""))},
    )
    if form.is_valid() and (made := _issued(request, form)):
        messages.success(request, _told(made))
        return redirect(_zone_url(area.office))
    context = {"form": form, "where": where, "are_more": are_more, "area": area}
    return render(request, "villages/letter_issue.html", context | _frame(area.office))


def _issued(request: Request, form: LetterForm) -> list[Assignment] | None:
    villages, person = form.cleaned_data["villages"], form.cleaned_data["person"]
    issue = partial(
        actions.issue_letter,
        villages,
        person,
        letter_of(form),
        acting_user=request.user,
    )
    return attempt(form, issue)


def _told(made: list[Assignment]) -> str:
    return ngettext(
        "%(name)s is assigned to one village.",
        "%(name)s is assigned to %(count)d villages.",
        len(made),
    ) % {"name": made[0].user, "count": len(made)}


def _zone_url(office: Office) -> str:
    return f"{reverse('villages:zoning')}?{urlencode({'kantor': office.pk})}"


def _frame(office: Office) -> dict[str, object]:
    return {
        "submit_label": _("Assign the PIMPASA"),
        "cancel_url": _zone_url(office),
        "crumbs": [*_crumbs(_zone_url(office)), (_("Letter of assignment"), None)],
    }


def _crumbs(zone_url: str | None = None) -> list[tuple[str, str | None]]:
    return [
        (_("Villages"), reverse("villages:village_list")),
        (_("Zoning of officers"), zone_url),
    ]
