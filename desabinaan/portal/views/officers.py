"""An officer's year, and the handover when an assignment ends."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from desabinaan.portal.presenters.handover import with_report_lines
from desabinaan.portal.selectors.handover import assignment_to_hand_over, handover_of
from desabinaan.portal.selectors.officer import recap_of, visible_officer
from villages.places.permissions import has_capability_anywhere
from villages.register.views.pages import village_crumbs, visible_village_or_404


@require_safe
def officer_recap(request: Request, pk: int) -> HttpResponse:
    """Show an officer's visits, verified reports and villages due for a visit."""
    officer = visible_officer(request.user, pk)
    zoning = reverse("people:zoning")
    context = {
        "recap": recap_of(officer, request.user),
        "is_own": officer.pk == request.user.pk,
        "crumbs": [
            (_("Villages"), reverse("register:village_list")),
            (
                _("Zoning of officers"),
                zoning
                if has_capability_anywhere(request.user, "office.view")
                else None,
            ),
            (officer, None),
        ],
    }
    return render(request, "portal/officer_recap.html", context)


@require_safe
def handover(request: Request, code: str, pk: int) -> HttpResponse:
    """Show the open work of an assignment and its successors, also to print."""
    village = visible_village_or_404(request, code)
    assignment = assignment_to_hand_over(village, request.user, pk)
    officers = reverse("register:village_assignments", kwargs={"code": code})
    context = {
        "handover": with_report_lines(handover_of(assignment, village, request.user)),
        "village": village,
        "officers_url": officers,
        "crumbs": [
            *village_crumbs(village),
            (_("Officers"), officers),
            (_("Handover"), None),
        ],
    }
    return render(request, "portal/handover.html", context)
