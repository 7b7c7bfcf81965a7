"""Results of the awareness tests, on a page and as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from desabinaan.lib.web.lists import chips_of, narrowed, said_of
from villages.outreach.forms.filters import LearningFilter
from villages.outreach.presenters import files
from villages.outreach.selectors.activities import held_activities_for
from villages.outreach.selectors.learning import learned_in
from villages.outreach.views.pages import activity_crumbs
from villages.places.permissions import require_capability_anywhere
from villages.register.selectors.register import register_choices


@require_safe
def learning_results(request: Request) -> HttpResponse:
    """Show what people learned, by pillar, question and village."""
    user = request.user
    require_capability_anywhere(user, "outreach.view")
    form = LearningFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    context = {
        "form": form,
        "chips": chips_of(request.GET, form),
        "shown": said_of(form),
        "has_period": form.has_period,
        "learned": learned_in(narrowed(form, held_activities_for(user))),
        "crumbs": [*activity_crumbs(), (_("What people learned"), None)],
    }
    return render(request, "outreach/learning_results.html", context)


@require_POST
def learning_export(request: Request) -> HttpResponseBase:
    """Export the figures behind the page, a row per activity and question."""
    user = request.user
    require_capability_anywhere(user, "outreach.view")
    form = LearningFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    rows = files.learning_file_rows(narrowed(form, held_activities_for(user)))
    return list_response(request, files.learning_file(), rows, form)
