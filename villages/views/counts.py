from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from villages.forms.register import CountsFilter
from villages.selectors.count_tables import count_tables
from villages.standing import may_somewhere, require_somewhere


@require_safe
def village_counts(request: Request) -> HttpResponse:
    """How many villages were fostered on a day, and quarter by quarter."""
    user = request.user
    reads = may_somewhere(user, "village.view")
    if not reads:
        require_somewhere(user, "totals.view")
    form = CountsFilter(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("pada") or timezone.localdate()
    above = [(_("Villages"), reverse("villages:village_list"))] if reads else []
    context = {
        "form": form,
        "tables": count_tables(day, user),
        "crumbs": [*above, (_("How many fostered villages"), None)],
    }
    return render(request, "villages/village_counts.html", context)
