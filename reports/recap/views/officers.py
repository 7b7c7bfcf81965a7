"""An officer's year, and the handover when an assignment ends."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from reports.recap.selectors.handover import assignment_to_hand_over, handover_of
from reports.recap.selectors.officer import officer_in_sight, recap_of
from villages.standing import may_somewhere
from villages.views.frames import village_crumbs, village_in_sight


@require_safe
def officer_recap(request: Request, pk: int) -> HttpResponse:
    """Visits, verified reports, villages that wait: for the officer and the office."""
    officer = officer_in_sight(request.user, pk)
    zoning = reverse("villages:zoning")
    context = {
        "recap": recap_of(officer, request.user),
        "is_own": officer.pk == request.user.pk,
        "crumbs": [
            (_("Villages"), reverse("villages:village_list")),
            (
                _("Zoning of officers"),
                zoning if may_somewhere(request.user, "office.view") else None,
            ),
            (officer, None),
        ],
    }
    return render(request, "reports/recap/officer_recap.html", context)


@require_safe
def handover(request: Request, code: str, pk: int) -> HttpResponse:
    """What an assignment leaves when it ends, and who goes on; to read and to print."""
    village = village_in_sight(request, code)
    assignment = assignment_to_hand_over(village, request.user, pk)
    officers = reverse("villages:village_assignments", kwargs={"code": code})
    context = {
        "handover": handover_of(assignment, village, request.user),
        "village": village,
        "officers_url": officers,
        "crumbs": [
            *village_crumbs(village),
            (_("Officers"), officers),
            (_("Handover"), None),
        ],
    }
    return render(request, "reports/recap/handover.html", context)
