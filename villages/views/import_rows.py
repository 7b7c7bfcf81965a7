"""The rows of a list: mended one by one, chosen many at once, left out."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from villages.actions import importing as deeds
from villages.forms.imports import LEAVE_OUT, ChoicesForm, RowForm
from villages.models import VillageImportRow
from villages.selectors.importing import pages
from villages.views.imports import back_to_list, crumbs, import_in_sight


@back_to_list
@require_POST
def import_choose(request: Request, pk: int) -> HttpResponse:
    """For the rows of one page: the village that is meant, or none."""
    listed = import_in_sight(request, pk)
    form = ChoicesForm(request.POST, pages.rows_to_choose(listed, request.POST))
    if form.is_valid():
        chosen = form.choices()
        out = [row for row, code in chosen.items() if code == LEAVE_OUT]
        meant = {row: code for row, code in chosen.items() if code != LEAVE_OUT}
        count = deeds.choose_villages(listed, meant, out, acting_user=request.user)
        told = ngettext(
            "%(count)s row is settled.", "%(count)s rows are settled.", count
        )
        messages.success(request, told % {"count": count})
    address = reverse("villages:import_detail", kwargs={"pk": pk})
    return redirect(f"{address}?tampil=ragu")


@back_to_list
@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: Request, pk: int, row: int) -> HttpResponse:
    """One row is mended; on to the next one in doubt."""
    found = _row_in_sight(request, pk, row)
    pages.refuse_mending(found.parent)
    form = RowForm(
        posted(request),
        cells=found.cells,
        names=pages.columns_in_order(found.parent),
        candidates=pages.candidates_of(found),
        chosen=found.chosen_id or "",
    )
    if form.is_valid():
        chosen = form.cleaned_data.get("chosen", "")
        mend = partial(
            deeds.mend_row, found, form.cells(), chosen, acting_user=request.user
        )
        if mended := attempt(form, mend):
            return _onward(request, mended)
    context = pages.row_page(found) | {
        "form": form,
        "crumbs": crumbs(found.parent, _("Line %(line)s") % {"line": found.line}),
    }
    return render(request, "villages/import_row.html", context)


@back_to_list
@require_POST
def import_row_leave_out(request: Request, pk: int, row: int) -> HttpResponse:
    found = _row_in_sight(request, pk, row)
    return _onward(request, deeds.leave_out(found, acting_user=request.user))


@back_to_list
@require_POST
def import_row_take_back(request: Request, pk: int, row: int) -> HttpResponse:
    found = _row_in_sight(request, pk, row)
    deeds.take_back(found, acting_user=request.user)
    return redirect("villages:import_detail", pk=pk)


def _row_in_sight(request: Request, pk: int, row: int) -> VillageImportRow:
    listed = import_in_sight(request, pk)
    return get_object_or_404(listed.rows.select_related("region__parent"), pk=row)


def _onward(request: Request, mended: VillageImportRow) -> HttpResponse:
    """The same row while it is in doubt, then the next one, then the list."""
    doubtful = mended.verdict == VillageImportRow.Verdict.DOUBTFUL
    following = mended if doubtful else pages.next_in_doubt(mended)
    if doubtful:
        messages.warning(request, _("The row is kept, but still in doubt."))
    if following is None:
        messages.success(request, _("No row is in doubt any more."))
        return redirect("villages:import_detail", pk=mended.parent_id)
    return redirect("villages:import_row", pk=mended.parent_id, row=following.pk)
