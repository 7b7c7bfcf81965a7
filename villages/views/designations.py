from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt
from desabinaan.lib.files import serve
from desabinaan.lib.transitions import open_verbs, step
from villages import actions, selectors
from villages.forms.designations import DecreeForm
from villages.models import Designation, Village
from villages.views.frames import (
    back_to_tab,
    village_crumbs,
    village_in_sight,
    village_page,
    village_url,
)
from villages.workflow import VILLAGE

#: Decrees that lead here stand out among the buttons.
FOSTERED = Village.Status.DESIGNATED


@require_safe
def village_designations(request: Request, code: str) -> HttpResponse:
    """The decrees on a village, and those that may follow now."""
    village = village_in_sight(request, code)
    allowed = partial(may_here, request, village)
    verbs = open_verbs(VILLAGE, village.status, allowed)
    context = village_page(request, village, "designations") | {
        "designations": village.designations.all(),
        "main_verbs": [one for one in verbs if one[1].target == FOSTERED],
        "other_verbs": [one for one in verbs if one[1].target != FOSTERED],
    }
    return render(request, "villages/village_designations.html", context)


@back_to_tab("village_designations")
@require_http_methods(["GET", "HEAD", "POST"])
def village_decree(request: Request, code: str, verb: str) -> HttpResponse:
    """A decree is recorded, and the village is in the state it orders."""
    village = village_in_sight(request, code)
    access.require(request.user, VILLAGE[verb].capability, village)
    step(VILLAGE, verb, village.status)
    if request.method == "POST":
        form = DecreeForm(request.POST, request.FILES)
        if form.is_valid() and _recorded(request, village, verb, form):
            messages.success(request, _("The decree is recorded."))
            return redirect("villages:village_designations", code=code)
    else:
        form = DecreeForm()
    title = VILLAGE[verb].label
    context = {
        "form": form,
        "village": village,
        "verb": verb,
        "title": title,
        "submit_label": _("Record the decree"),
        "cancel_url": village_url("village_designations", village),
        "crumbs": [*village_crumbs(village), (title, None)],
    }
    return render(request, "villages/village_decree.html", context)


@require_safe
def decree_file(request: Request, pk: int) -> FileResponse:
    """The PDF, for whoever may read the village."""
    designation = get_object_or_404(selectors.designations_for(request.user), pk=pk)
    return serve(designation.decree_file, filename_of(designation), "application/pdf")


def may_here(request: Request, village: Village, capability: str) -> bool:
    return may(request.user, capability, village)


def filename_of(designation: Designation) -> str:
    return _("decree-%(date)s.pdf") % {"date": designation.decree_date.isoformat()}


def _recorded(
    request: Request, village: Village, verb: str, form: DecreeForm
) -> Designation | None:
    decree = actions.Decree(**form.cleaned_data)
    record = partial(
        actions.record_decree, village, verb, decree, acting_user=request.user
    )
    return attempt(form, record)
