"""What people learned, on a page and as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.exports import list_answer
from desabinaan.accounts.http import Request
from villages.forms.outreach_filter import LearningFilter
from villages.selectors import sheets_of_work
from villages.selectors.learning import learned_in
from villages.selectors.outreach import held_for
from villages.selectors.register import register_choices
from villages.standing import require_somewhere
from villages.views.outreach_frames import activity_crumbs


@require_safe
def learning_results(request: Request) -> HttpResponse:
    """What people learned in the villages in sight: by pillar, question and village."""
    user = request.user
    require_somewhere(user, "outreach.view")
    form = LearningFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    context = {
        "form": form,
        "has_period": form.has_period,
        "learned": learned_in(form.narrow(held_for(user))),
        "crumbs": [*activity_crumbs(), (_("What people learned"), None)],
    }
    return render(request, "villages/learning_results.html", context)


@require_POST
def learning_export(request: Request) -> HttpResponseBase:
    """What the page adds up: a row per activity and question, the same left out."""
    user = request.user
    require_somewhere(user, "outreach.view")
    form = LearningFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    rows = sheets_of_work.learning_file_rows(form.narrow(held_for(user)))
    return list_answer(request, sheets_of_work.learning_file(), rows, form)
