from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.listing import listing
from desabinaan.lib.transitions import IllegalTransition
from villages import actions, selectors
from villages.forms.accounts import PersonFilter
from villages.selectors import account_requests, people
from villages.standing import require_somewhere
from villages.views.slips import slip


@require_safe
def person_list(request: Request) -> HttpResponse:
    """Who holds a role in the own area, for whoever may hand out codes there."""
    require_somewhere(request.user, "account.issue_code")
    form = PersonFilter(request.GET)
    form.is_valid()
    found = people.person_rows(request.user, form.cleaned_data.get("q", ""))
    page = listing(request.GET, found, people.person_sorts(), form)
    context = {
        "form": form,
        "listing": page,
        "rows": people.dressed_people(request.user, page.rows),
        "crumbs": [
            (_("Accounts"), _requests_door(request)),
            (_("People"), None),
        ],
    }
    return render(request, "villages/person_list.html", context)


def _requests_door(request: Request) -> str | None:
    """A PIMPASA hands out codes but has no part in account requests."""
    if account_requests.has_part_in_requests(request.user):
        return reverse("villages:account_request_list")
    return None


@never_cache
@require_POST
def person_issue_code(request: Request, pk: int) -> HttpResponse:
    """A slip with a one-time code for somebody who forgot the password."""
    person = get_object_or_404(selectors.people_in_area(request.user), pk=pk)
    try:
        ticket, code = actions.issue_code(person, acting_user=request.user)
    except IllegalTransition as refusal:
        messages.warning(request, str(refusal))
        return redirect("villages:person_list")
    return slip(request, ticket, code, reverse("villages:person_list"))
