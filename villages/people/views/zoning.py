"""Pages of the zoning of an office, and of letters for several villages."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    form_page,
    post_or_none,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.lists import CURSOR, Listing
from villages.people import selectors
from villages.people.forms.zoning import LetterForm, ZoneChoice
from villages.people.presenters.zoning import zone_with_labels, zoning_list
from villages.places.permissions import require_capability_anywhere
from villages.register import selectors as register_selectors
from villages.register import services as register_services
from villages.register.models import Assignment
from villages.register.views.assignments import CHANGE, letter_of


@require_safe
def zoning(request: Request) -> HttpResponse:
    """List the villages by district with their officers; without officers first."""
    user = request.user
    require_capability_anywhere(user, "office.view")
    area = selectors.area_of(user, "office.view", request.GET.get("kantor", ""))
    if area is None:
        return render(request, "people/zoning.html", {"crumbs": _crumbs()})
    officers = selectors.officers_of(user, area.office)
    form, page = zoning_list(area, officers).page(request)
    context = {
        "area": area,
        "form": form,
        "listing": page,
        "districts": selectors.by_district(zone_with_labels(page.rows)),
        "officers": officers,
        "zone": selectors.zone_of(area),
        "alone": _alone_first(request, area, page),
        "may_assign": may(user, CHANGE, area.office),
        "crumbs": _crumbs(),
    }
    return render(request, "people/zoning.html", context)


def _alone_first(request: Request, area: selectors.Area, page: Listing) -> list[object]:
    """Return the villages without an officer, only on the first unfiltered page."""
    if page.is_filtered or request.GET.get(CURSOR):
        return []
    return [*zone_with_labels(selectors.first_without_officer(area.villages))]


@require_form_methods
@once_per_form
def letter_issue(request: Request) -> HttpResponse:
    """Issue one letter that assigns an officer to several villages of the office."""
    user = request.user
    require_capability_anywhere(user, CHANGE)
    area = selectors.area_of(user, CHANGE, request.GET.get("kantor", ""))
    if area is None:
        return redirect("people:zoning")
    zone_form = ZoneChoice(request.GET, area=area)
    zone_form.is_valid()
    offered, are_more = selectors.offered_villages(zone_form.narrow(area.villages))
    form = LetterForm(
        post_or_none(request),
        request.FILES or None,
        user=user,
        offered=offered,
        officers=register_selectors.officers_known_to(user),
        initial={"villages": selectors.ticked(offered, request.GET.get("desa", ""))},
    )
    if form.is_valid() and (made := _issue_letter(request, form)):
        messages.success(request, _result_message(made))
        return redirect(_zone_url(area))
    context = {"zone_form": zone_form, "are_more": are_more, "area": area}
    return _letter_page(request, form, context)


def _letter_page(
    request: Request, form: LetterForm, context: dict[str, Any]
) -> HttpResponse:
    zone_url = _zone_url(context["area"])
    return form_page(
        request,
        form,
        title=_("New letter of assignment"),
        submit_label=_("Assign the PIMPASA"),
        cancel_url=zone_url,
        crumbs=_crumbs(zone_url),
        template="people/letter_issue.html",
        **context,
    )


def _zone_url(area: selectors.Area) -> str:
    return f"{reverse('people:zoning')}?{urlencode({'kantor': area.office.pk})}"


def _issue_letter(request: Request, form: LetterForm) -> list[Assignment] | None:
    return run_service(
        form,
        register_services.issue_letter,
        form.cleaned_data["villages"],
        form.cleaned_data["person"],
        letter_of(form),
        acting_user=request.user,
    )


def _result_message(made: list[Assignment]) -> str:
    return ngettext(
        "%(name)s is assigned to one village.",
        "%(name)s is assigned to %(count)d villages.",
        len(made),
    ) % {"name": made[0].user, "count": len(made)}


def _crumbs(zone_url: str | None = None) -> list[tuple[str, str | None]]:
    return [
        (_("Villages"), reverse("register:village_list")),
        (_("Zoning of officers"), zone_url),
    ]
