"""Figures from a spreadsheet: sent, looked over, taken over."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from villages import actions
from villages.forms.figure_imports import FigureFileForm
from villages.models import FigureImport
from villages.selectors.figure_imports import dry_run, imports_for
from villages.selectors.figure_template import figure_template
from villages.selectors.vulnerability_list import own_kanwil
from villages.standing import require_somewhere
from villages.views.vulnerability import ENTER, list_crumbs
from villages.workflow import IMPORT_TONES

SHOWN = 50
DETAIL = "villages:figure_import_detail"


@require_http_methods(["GET", "HEAD", "POST"])
def figure_import(request: Request) -> HttpResponse:
    """A spreadsheet is sent for a look; nothing is taken over yet."""
    require_somewhere(request.user, ENTER)
    form = FigureFileForm(posted(request), request.FILES or None)
    kept = _kept(request, form)
    if kept is not None:
        return redirect(DETAIL, pk=kept.pk)
    context = {
        "form": form,
        "recent": imports_for(request.user).defer("rows")[:5],
        "submit_label": _("Look it over"),
        "cancel_url": reverse("villages:vulnerability_list"),
        "crumbs": [*list_crumbs(), (_("Figures from a spreadsheet"), None)],
    }
    return render(request, "villages/figure_import.html", context)


@require_safe
def figure_template_file(request: Request) -> HttpResponse:
    """An empty spreadsheet with the headings that are understood."""
    require_somewhere(request.user, ENTER)
    answer = HttpResponse(figure_template(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="kerentanan.csv"'
    return answer


@require_safe
def figure_import_detail(request: Request, pk: int) -> HttpResponse:
    """What the spreadsheet would do, or did; every fault with its line."""
    kept = get_object_or_404(imports_for(request.user), pk=pk)
    is_open = kept.status == FigureImport.Status.LOOKED_OVER
    judged = dry_run(kept.rows, request.user) if is_open else None
    context = {
        "kept": kept,
        "tone": IMPORT_TONES[FigureImport.Status(kept.status)],
        "judged": judged,
        "faulty": judged.faulty[:SHOWN] if judged else [],
        "crumbs": [
            *list_crumbs(),
            (_("Figures from a spreadsheet"), reverse("villages:figure_import")),
            (kept, None),
        ],
    }
    return render(request, "villages/figure_import_detail.html", context)


@back_to(DETAIL)
@require_POST
def figure_import_apply(request: Request, pk: int) -> HttpResponse:
    """The figures stand, all of them or none."""
    kept = get_object_or_404(imports_for(request.user), pk=pk)
    actions.take_over_figures(kept, acting_user=request.user)
    return redirect(DETAIL, pk=pk)


def _kept(request: Request, form: FigureFileForm) -> FigureImport | None:
    kanwil = own_kanwil(request.user, ENTER)
    if kanwil is None or not form.is_valid():
        return None
    name = form.cleaned_data["filename"]
    keep = partial(
        actions.keep_figures, kanwil, name, form.table, acting_user=request.user
    )
    return attempt(form, keep)
