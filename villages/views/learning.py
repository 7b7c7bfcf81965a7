from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.http import Request
from villages.forms.outreach_filter import OutreachFilter
from villages.selectors.learning import learned_in
from villages.selectors.outreach import held_for
from villages.selectors.register import register_choices
from villages.standing import require_somewhere
from villages.views.outreach_frames import activity_crumbs

USUAL = timedelta(days=365)


@require_safe
def learning_results(request: Request) -> HttpResponse:
    """What people learned in the villages in sight: by pillar, question and village."""
    user = request.user
    require_somewhere(user, "outreach.view")
    form = OutreachFilter(request.GET, user=user, offered=register_choices(user))
    del form.fields["status"]
    form.is_valid()
    rows = form.narrow(held_for(user))
    has_period = form.cleaned_data.get("dari") or form.cleaned_data.get("sampai")
    if not has_period:
        rows = rows.filter(starts_at__gte=timezone.now() - USUAL)
    context = {
        "form": form,
        "has_period": has_period,
        "learned": learned_in(rows),
        "crumbs": [*activity_crumbs(), (_("What people learned"), None)],
    }
    return render(request, "villages/learning_results.html", context)
