from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.people import selectors, services
from villages.people.presenters.lists import PEOPLE
from villages.people.presenters.people import people_with_labels
from villages.people.views.slips import slip
from villages.places.permissions import require_capability_anywhere


@require_safe
def person_list(request: Request) -> HttpResponse:
    """List the people with roles in the area, for those who may issue codes there."""
    require_capability_anywhere(request.user, "account.issue_code")
    form, listing = PEOPLE.page(request)
    # A PIMPASA issues codes without taking part in account requests.
    has_requests = selectors.has_part_in_requests(request.user)
    requests_url = reverse("people:account_request_list") if has_requests else None
    context = {
        "form": form,
        "listing": listing,
        "rows": people_with_labels(request.user, listing.rows),
        "crumbs": [(_("Accounts"), requests_url), (_("People"), None)],
    }
    return render(request, "people/person_list.html", context)


@never_cache
@require_POST
def person_issue_code(request: Request, pk: int) -> HttpResponse:
    """Issue a one-time code and show it as a slip to print."""
    person = get_object_or_404(selectors.people_in_area(request.user), pk=pk)
    try:
        ticket, code = services.issue_code(person, acting_user=request.user)
    except IllegalTransition as refusal:
        messages.warning(request, str(refusal))
        return redirect("people:person_list")
    return slip(request, ticket, code, reverse("people:person_list"))
