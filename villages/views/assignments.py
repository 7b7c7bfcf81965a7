from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.files import serve
from villages import actions, selectors
from villages.forms.assignments import AssignmentForm, EndAssignmentForm
from villages.models import Assignment, Village
from villages.views.frames import (
    back_to_tab,
    village_crumbs,
    village_in_sight,
    village_page,
    village_url,
)

CHANGE = "assignment.change"


@require_safe
def village_assignments(request: Request, code: str) -> HttpResponse:
    """Who serves the village now, who will, and who did before."""
    village = village_in_sight(request, code)
    parted = selectors.parted_by_today(selectors.assignments_of(village))
    context = village_page(request, village, "officers") | {
        "serving": parted.now,
        "coming": parted.ahead,
        "former": parted.before,
        "may_change": may(request.user, CHANGE, village),
        "may_issue_code": may(request.user, "account.issue_code", village),
    }
    return render(request, "villages/village_assignments.html", context)


@back_to_tab("village_assignments")
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_add(request: Request, code: str) -> HttpResponse:
    """Somebody the office knows serves the village as PIMPASA."""
    village = village_in_sight(request, code)
    access.require(request.user, CHANGE, village)
    form = AssignmentForm(
        posted(request),
        request.FILES or None,
        officers=selectors.officers_known_to(request.user),
    )
    if form.is_valid() and _assigned(request, village, form):
        messages.success(request, _("The PIMPASA is assigned."))
        return redirect("villages:village_assignments", code=code)
    context = {
        "form": form,
        "village": village,
        "submit_label": _("Assign the PIMPASA"),
        "cancel_url": village_url("village_assignments", village),
        "crumbs": [*village_crumbs(village), (_("Assign a PIMPASA"), None)],
    }
    return render(request, "villages/assignment_add.html", context)


@back_to_tab("village_assignments")
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request: Request, code: str, pk: int) -> HttpResponse:
    """The role is over after the day that is named, here or for the whole letter."""
    village = village_in_sight(request, code)
    access.require(request.user, CHANGE, village)
    assignment = get_object_or_404(selectors.assignments_of(village), pk=pk)
    selectors.refuse_ended(assignment)
    form = EndAssignmentForm(posted(request), others=_others(request, assignment))
    if form.is_valid() and _ended(request, assignment, form):
        messages.success(request, _("The last day is recorded."))
        return redirect("villages:village_assignments", code=code)
    context = {
        "form": form,
        "question": _("When does the role of %(name)s end?")
        % {"name": assignment.user},
        "explanation": _("The name stays in the history of the village."),
        "submit_label": _("Record the last day"),
        "cancel_url": village_url("village_assignments", village),
        "crumbs": [*village_crumbs(village), (_("End an assignment"), None)],
    }
    return render(request, "villages/assignment_end.html", context)


@require_safe
def letter_file(request: Request, pk: int) -> FileResponse:
    """The letter of assignment, for whoever may read the village."""
    lettered = selectors.assignments_for(request.user).exclude(letter_file="")
    assignment = get_object_or_404(lettered, pk=pk)
    name = _("letter-%(date)s.pdf") % {"date": assignment.starts_on.isoformat()}
    return serve(assignment.letter_file, name, "application/pdf")


def _assigned(
    request: Request, village: Village, form: AssignmentForm
) -> Assignment | None:
    assign = partial(
        actions.assign_pimpasa,
        village,
        form.cleaned_data["person"],
        letter_of(form),
        acting_user=request.user,
    )
    return attempt(form, assign)


def letter_of(form: AssignmentForm) -> actions.Letter:
    typed = form.cleaned_data
    return actions.Letter(
        typed["number"], typed["starts_on"], typed["ends_on"], typed["file"]
    )


def _others(request: Request, assignment: Assignment) -> list[str]:
    """The other villages that the same letter still covers."""
    covered = selectors.covered_by_letter(assignment, request.user, CHANGE)
    return [str(one.village) for one in covered if one.pk != assignment.pk]


def _ended(
    request: Request, assignment: Assignment, form: EndAssignmentForm
) -> object | None:
    whole = form.cleaned_data.get("whole_letter")
    end = actions.end_letter if whole else actions.end_assignment
    last_day = form.cleaned_data["ends_on"]
    return attempt(form, partial(end, assignment, last_day, acting_user=request.user))
