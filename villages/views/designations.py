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
from desabinaan.lib.files import FileGone, serve
from desabinaan.lib.timeline import by_month
from desabinaan.lib.transitions import IllegalTransition, step
from villages import actions, selectors
from villages.forms.designations import AttachForm, CorrectionForm, DecreeForm
from villages.forms.profile import differences
from villages.models import Designation, Village
from villages.views.frames import (
    back_to_tab,
    village_crumbs,
    village_in_sight,
    village_page,
    village_url,
)
from villages.workflow import PROPOSAL, VILLAGE

#: The fields of a decree that a correction compares.
CORRECTED = ("number", "date", "issued_by", "signatory")
#: Decrees that lead here stand out among the buttons.
FOSTERED = Village.Status.DESIGNATED


@require_safe
def village_designations(request: Request, code: str) -> HttpResponse:
    """The decrees on a village, and those that may follow now."""
    village = village_in_sight(request, code)
    verbs = access.open_verbs(request.user, VILLAGE, village.status, village).items()
    context = village_page(request, village, "designations") | {
        "designations": village.designations.select_related("issued_by"),
        "may_correct": may(request.user, "village.designate", village),
        "main_verbs": [one for one in verbs if one[1].target == FOSTERED],
        "other_verbs": [one for one in verbs if one[1].target != FOSTERED],
        "proposal_verbs": access.open_verbs(
            request.user, PROPOSAL, village.status, village
        ),
        "months": by_month(selectors.lifecycle_of(village)),
    }
    return render(request, "villages/village_designations.html", context)


@back_to_tab("village_designations")
@require_http_methods(["GET", "HEAD", "POST"])
def village_decree(request: Request, code: str, verb: str) -> HttpResponse:
    """A decree is recorded, and the village is in the state it orders."""
    village = village_in_sight(request, code)
    access.require(request.user, VILLAGE[verb].capability, village)
    step(VILLAGE, verb, village.status)
    issuers = selectors.issuers_for(village)
    form = DecreeForm(posted(request), request.FILES or None, issuers=issuers)
    if form.is_valid() and _recorded(request, village, verb, form):
        messages.success(request, _("The decree is recorded."))
        return redirect("villages:village_designations", code=code)
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


@require_http_methods(["GET", "HEAD", "POST"])
def decree_correct(request: Request, code: str, pk: int) -> HttpResponse:
    """What was recorded wrongly reads as on paper; a stale edit is told."""
    village = village_in_sight(request, code)
    access.require(request.user, "village.designate", village)
    decree = _decree_of(village, pk)
    form = CorrectionForm(
        posted(request),
        request.FILES or None,
        issuers=selectors.issuers_for(village),
        decree=decree,
    )
    context = _correction_page(village, decree, form)
    if form.is_valid():
        if _corrected(request, decree, form):
            messages.success(request, _("The decree is corrected."))
            return redirect("villages:village_designations", code=code)
        if form.stale:
            context["changes"] = _compared(village, form, pk)
    return render(request, "villages/decree_correct.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_attach(request: Request, pk: int) -> HttpResponse:
    """A decree that came with a list gets its PDF."""
    designation = get_object_or_404(selectors.designations_for(request.user), pk=pk)
    village = designation.village
    access.require(request.user, "village.designate", village)
    form = AttachForm(posted(request), request.FILES or None)
    if designation.decree_file or form.is_valid():
        _attach(request, designation, form)
        return redirect("villages:village_designations", code=village.code)
    title = _("Attach decree %(number)s") % {"number": designation.decree_number}
    context = {
        "form": form,
        "village": village,
        "title": title,
        "submit_label": _("Attach the PDF"),
        "cancel_url": village_url("village_designations", village),
        "crumbs": [*village_crumbs(village), (title, None)],
    }
    return render(request, "villages/decree_attach.html", context)


@require_safe
def decree_file(request: Request, pk: int) -> FileResponse:
    """The PDF, for whoever may read the village."""
    designation = get_object_or_404(selectors.designations_for(request.user), pk=pk)
    if not designation.decree_file:
        raise FileGone
    return serve(designation.decree_file, filename_of(designation), "application/pdf")


def filename_of(designation: Designation) -> str:
    return _("decree-%(date)s.pdf") % {"date": designation.decree_date.isoformat()}


def _decree_of(village: Village, pk: int) -> Designation:
    return get_object_or_404(village.designations.select_related("issued_by"), pk=pk)


def _correction_page(
    village: Village, decree: Designation, form: CorrectionForm
) -> dict[str, object]:
    return {
        "form": form,
        "village": village,
        "decree": decree,
        "submit_label": _("Save the correction"),
        "cancel_url": village_url("village_designations", village),
        "crumbs": [*village_crumbs(village), (_("Correct a decree"), None)],
    }


def _corrected(
    request: Request, decree: Designation, form: CorrectionForm
) -> Designation | None:
    typed = dict(form.cleaned_data)
    correct = partial(
        actions.correct_decree,
        decree,
        reason=typed.pop("reason"),
        version=typed.pop("version"),
        decree=actions.Decree(**typed),
        acting_user=request.user,
    )
    return attempt(form, correct)


def _compared(village: Village, form: CorrectionForm, pk: int) -> list[dict[str, str]]:
    """What the decree says now and what was typed; the form moves on to it."""
    standing = get_object_or_404(
        village.designations.select_related("issued_by"), pk=pk
    )
    form.move_to(standing.version)
    return differences(form, actions.decree_of(standing), CORRECTED)


def _attach(request: Request, designation: Designation, form: AttachForm) -> None:
    """The PDF lies with the decree now, by this hand or an earlier one."""
    try:
        selectors.refuse_attached(designation)
        file = form.cleaned_data["file"]
        actions.attach_decree(designation, file, acting_user=request.user)
        messages.success(request, _("The PDF is attached."))
    except IllegalTransition as too_late:
        messages.warning(request, str(too_late))


def _recorded(
    request: Request, village: Village, verb: str, form: DecreeForm
) -> Designation | None:
    decree = actions.Decree(**form.cleaned_data)
    record = partial(
        actions.record_decree, village, verb, decree, acting_user=request.user
    )
    return attempt(form, record)
