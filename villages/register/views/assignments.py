from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.files.uploads import serve
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from villages.register import selectors, services
from villages.register.forms.assignments import EndAssignmentForm, PimpasaAssignmentForm
from villages.register.models import Assignment
from villages.register.views.pages import (
    village_and_code,
    village_crumbs,
    village_page,
    village_url,
    visible_village_or_404,
)

CHANGE = "assignment.change"


@require_safe
def village_assignments(request: Request, code: str) -> HttpResponse:
    """Show who serves the village now, who will, and who did before."""
    village = visible_village_or_404(request, code)
    by_time = selectors.parted_by_today(selectors.assignments_of(village))
    context = village_page(request, village, "officers") | {
        "serving": by_time.now,
        "coming": by_time.ahead,
        "former": by_time.before,
        "may_change": may(request.user, CHANGE, village),
        "may_issue_code": may(request.user, "account.issue_code", village),
    }
    return render(request, "register/village_assignments.html", context)


@back_to("register:village_assignments", "code")
@require_form_methods
@once_per_form
def assignment_add(request: Request, code: str) -> HttpResponse:
    """Assign a colleague to the village as PIMPASA."""
    village = visible_village_or_404(request, code)
    access.require(request.user, CHANGE, village)
    officers = selectors.officers_known_to(request.user)
    form = PimpasaAssignmentForm(
        post_or_none(request), request.FILES or None, officers=officers
    ).kept_for(request.user)
    if form.is_valid():
        person, letter = form.cleaned_data["person"], letter_of(form)
        assign = services.assign_pimpasa
        if run_service(form, assign, village, person, letter, acting_user=request.user):
            messages.success(request, _("The PIMPASA is assigned."))
            return redirect("register:village_assignments", code=code)
    return form_page(
        request,
        form,
        title=_("Assign a PIMPASA"),
        intro=village_and_code(village),
        submit_label=_("Assign the PIMPASA"),
        cancel_url=village_url("register:village_assignments", village),
        crumbs=village_crumbs(village),
    )


@back_to("register:village_assignments", "code")
@reads_form(EndAssignmentForm)
@require_form_methods
def assignment_end(request: Request, code: str, pk: int) -> HttpResponse:
    """End an assignment, or all assignments of its letter, on a given date."""
    village = visible_village_or_404(request, code)
    access.require(request.user, CHANGE, village)
    assignment = get_object_or_404(selectors.assignments_of(village), pk=pk)
    selectors.refuse_ended(assignment)
    form = EndAssignmentForm(post_or_none(request), others=_others(request, assignment))
    if form.is_valid() and _end(request, assignment, form):
        messages.success(request, _("The end date is recorded."))
        return redirect("register:village_assignments", code=code)
    return confirmation_page(
        request,
        form,
        title=_("End an assignment"),
        question=_("End of the assignment of %(name)s") % {"name": assignment.user},
        explanation=_("The name stays in the history of the village."),
        submit_label=_("Record the end date"),
        cancel_url=village_url("register:village_assignments", village),
        crumbs=village_crumbs(village),
    )


@require_safe
def letter_file(request: Request, pk: int) -> FileResponse:
    """Serve the letter of assignment to those who may read the village."""
    lettered = selectors.assignments_for(request.user).exclude(letter_file="")
    assignment = get_object_or_404(lettered, pk=pk)
    name = _("letter-%(date)s.pdf") % {"date": assignment.starts_on.isoformat()}
    return serve(assignment.letter_file, name, "application/pdf")


def letter_of(form: PimpasaAssignmentForm) -> services.Letter:
    """Return the letter of assignment that the valid form describes."""
    typed = form.cleaned_data
    return services.Letter(
        typed["number"], typed["starts_on"], typed["ends_on"], typed["file"]
    )


def _end(request: Request, assignment: Assignment, form: EndAssignmentForm) -> bool:
    """End the assignment, or all assignments of its letter when that is ticked."""
    whole = form.cleaned_data.get("whole_letter")
    end = services.end_letter if whole else services.end_assignment
    last_day = form.cleaned_data["ends_on"]
    ended = run_service(form, end, assignment, last_day, acting_user=request.user)
    return ended is not None


def _others(request: Request, assignment: Assignment) -> list[str]:
    """Return the names of the other villages that the same letter covers."""
    covered = selectors.covered_by_letter(assignment, request.user, CHANGE)
    return [str(one.village) for one in covered if one.pk != assignment.pk]
