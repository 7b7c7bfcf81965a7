from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.text.searching import is_too_short
from desabinaan.portal.forms import SearchForm
from desabinaan.portal.presenters.search import groups_for, may_search


@require_safe
def search(request: Request) -> HttpResponse:
    """Show what is found in every section that is open to the user."""
    if not may_search(request.user):
        raise PermissionDenied("search")
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    too_short = is_too_short(typed)
    groups = [] if too_short else groups_for(request.user, typed)
    context = {
        "form": form,
        "typed": typed,
        "too_short": too_short,
        "groups": groups,
        "found": any(group.hits for group in groups),
        "crumbs": [(_("Search"), None)],
    }
    return render(request, "portal/search.html", context)
