from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.files.uploads import FileGone, serve
from desabinaan.lib.web.form_pages import (
    back_to,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.stale_edits import compare_with_saved
from desabinaan.lib.web.timeline import by_month
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from villages.register import selectors, services
from villages.register.forms.decrees import AttachForm, DecreeCorrectionForm, DecreeForm
from villages.register.models import Designation, Village
from villages.register.presenters.timelines import lifecycle_of
from villages.register.views.pages import (
    village_and_code,
    village_crumbs,
    village_page,
    village_url,
    visible_village_or_404,
)
from villages.register.workflow import PROPOSAL, VILLAGE

#: The fields of a decree that a correction compares.
CORRECTED = ("number", "date", "issued_by", "signatory")
#: The fields of a decree that the list of the proposing office may name.
STATED = ("number", "date", "signatory")
#: Decrees that lead to this state are the primary buttons.
FOSTERED = Village.Status.DESIGNATED


@require_safe
def village_designations(request: Request, code: str) -> HttpResponse:
    """Show the decrees on a village, and those that may follow now."""
    village = visible_village_or_404(request, code)
    verbs = access.available_transitions(
        request.user, VILLAGE, village.status, village
    ).items()
    context = village_page(request, village, "designations") | {
        "stated": selectors.stated_decree(village, request.user),
        "designations": village.designations.select_related("issued_by"),
        "may_correct": may(request.user, "village.designate", village),
        "main_verbs": [one for one in verbs if one[1].target == FOSTERED],
        "other_verbs": [one for one in verbs if one[1].target != FOSTERED],
        "proposal_verbs": access.available_transitions(
            request.user, PROPOSAL, village.status, village
        ),
        "months": by_month(lifecycle_of(village)),
    }
    return render(request, "register/village_designations.html", context)


@back_to("register:village_designations", "code")
@require_form_methods
@once_per_form
def village_decree(request: Request, code: str, verb: str) -> HttpResponse:
    """Record a decree, which changes the state of the village."""
    village = visible_village_or_404(request, code)
    access.require(request.user, VILLAGE[verb].capability, village)
    form = _decree_form(request, village, verb)
    check_transition(VILLAGE, verb, village.status, village)
    if form.is_valid():
        decree, record = services.Decree(**form.cleaned_data), services.record_decree
        if run_service(form, record, village, verb, decree, acting_user=request.user):
            messages.success(request, _("The decree is recorded."))
            return redirect("register:village_designations", code=code)
    return form_page(
        request,
        form,
        title=VILLAGE[verb].label,
        intro=_intro(village, form),
        submit_label=_("Record the decree"),
        cancel_url=village_url("register:village_designations", village),
        crumbs=village_crumbs(village),
    )


def _decree_form(request: Request, village: Village, verb: str) -> DecreeForm:
    """Return the form; the first decree is filled in as the office's list named it."""
    stated = selectors.stated_decree(village, request.user)
    form = DecreeForm(
        post_or_none(request),
        request.FILES or None,
        issuers=selectors.issuers_for(village),
        initial=stated and {name: getattr(stated, f"stated_{name}") for name in STATED},
    )
    form.kept_for(request.user)
    return form


def _intro(village: Village, form: DecreeForm) -> str:
    sentences = [_("It takes effect on the date of the decree.")]
    if any(form.initial.get(name) for name in STATED):
        sentences.append(
            _("Filled in from the list of the office: compare it with the decree.")
        )
    return f"{village_and_code(village)}. {' '.join(sentences)}"


@require_form_methods
@reads_form(DecreeCorrectionForm)
def decree_correct(request: Request, code: str, pk: int) -> HttpResponse:
    """Correct a recorded decree; after a stale edit, show both versions."""
    village = visible_village_or_404(request, code)
    access.require(request.user, "village.designate", village)
    decree = get_object_or_404(village.designations.select_related("issued_by"), pk=pk)
    issuers = selectors.issuers_for(village)
    form = DecreeCorrectionForm(
        post_or_none(request), request.FILES or None, issuers=issuers, decree=decree
    ).kept_for(request.user)
    if form.is_valid() and _correct(request, decree, form):
        messages.success(request, _("The decree is corrected."))
        return redirect("register:village_designations", code=code)
    effect = _(
        "The village keeps its state; earlier figures follow the corrected date."
    )
    return form_page(
        request,
        form,
        title=_("Correct a decree"),
        intro=f"{village_and_code(village)} · {decree.get_verb_display()}. {effect}",
        submit_label=_("Save the correction"),
        cancel_url=village_url("register:village_designations", village),
        crumbs=village_crumbs(village),
    )


@require_form_methods
@reads_form(AttachForm)
def decree_attach(request: Request, pk: int) -> HttpResponse:
    """Attach the PDF to a decree that was imported from a list."""
    designation = get_object_or_404(selectors.designations_for(request.user), pk=pk)
    village = designation.village
    access.require(request.user, "village.designate", village)
    form = AttachForm(post_or_none(request), request.FILES or None)
    form.kept_for(request.user)
    if designation.decree_file or form.is_valid():
        _attach(request, designation, form)
        return redirect("register:village_designations", code=village.code)
    number = designation.decree_number
    return form_page(
        request,
        form,
        title=_("Attach decree %(number)s") % {"number": number},
        intro=str(village),
        submit_label=_("Attach the PDF"),
        cancel_url=village_url("register:village_designations", village),
        crumbs=village_crumbs(village),
    )


@require_safe
def decree_file(request: Request, pk: int) -> FileResponse:
    """Serve the PDF of a decree to those who may read the village."""
    designation = get_object_or_404(selectors.designations_for(request.user), pk=pk)
    if not designation.decree_file:
        raise FileGone
    name = _("decree-%(date)s.pdf") % {"date": designation.decree_date.isoformat()}
    return serve(designation.decree_file, name, "application/pdf")


def _correct(
    request: Request, decree: Designation, form: DecreeCorrectionForm
) -> Designation | None:
    """Save the correction; after a stale edit compare it with the saved decree."""
    typed = dict(form.cleaned_data)
    corrected = run_service(
        form,
        services.correct_decree,
        decree,
        reason=typed.pop("reason"),
        version=typed.pop("version"),
        decree=services.Decree(**typed),
        acting_user=request.user,
    )
    if form.stale:
        decree.refresh_from_db()
        saved = services.decree_of(decree)
        values = {name: getattr(saved, name) for name in CORRECTED}
        compare_with_saved(form, values, CORRECTED, version=decree.version)
    return corrected


def _attach(request: Request, designation: Designation, form: AttachForm) -> None:
    """Attach the PDF; warn when somebody else attached it before."""
    try:
        selectors.refuse_attached(designation)
        file = form.cleaned_data["file"]
        services.attach_decree(designation, file, acting_user=request.user)
        messages.success(request, _("The PDF is attached."))
    except IllegalTransition as refusal:
        messages.warning(request, str(refusal))
