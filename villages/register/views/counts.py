from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import chips_of, said_of
from villages.places.permissions import (
    has_capability_anywhere,
    require_capability_anywhere,
)
from villages.register.forms.register import CountsFilter
from villages.register.presenters.count_tables import count_tables
from villages.register.views.pages import register_crumb


@require_safe
def village_counts(request: Request) -> HttpResponse:
    """Show how many villages were fostered on a day, and quarter by quarter."""
    user = request.user
    reads = has_capability_anywhere(user, "village.view")
    if not reads:
        require_capability_anywhere(user, "totals.view")
    form = CountsFilter(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("pada") or timezone.localdate()
    above = [register_crumb()] if reads else []
    context = {
        "form": form,
        "chips": chips_of(request.GET, form),
        "shown": said_of(form),
        "tables": None if form.errors else count_tables(day, user),
        "crumbs": [*above, (_("How many fostered villages"), None)],
    }
    return render(request, "register/village_counts.html", context)
