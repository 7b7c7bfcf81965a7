"""Pages for the rows of an import: choose villages, edit, skip and restore rows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    form_page,
    post_or_none,
    require_form_methods,
    run_service,
)
from desabinaan.lib.workflow.transitions import check_transition
from villages.imports import services
from villages.imports.forms import ChoicesForm, RowForm
from villages.imports.models import VillageImportRow
from villages.imports.presenters import pages
from villages.imports.selectors.imports import next_doubtful_row
from villages.imports.views.lists import back_to_import, import_crumbs, visible_import
from villages.imports.workflow import VILLAGE_IMPORT


@back_to_import
@require_POST
def import_choose(request: Request, pk: int) -> HttpResponse:
    """Set the villages chosen for the rows of one page, or skip the rows."""
    listed = visible_import(request, pk)
    form = ChoicesForm(request.POST, pages.rows_to_choose(listed, request.POST))
    if form.is_valid():
        count = services.choose_villages(
            listed, form.chosen(), form.skipped(), acting_user=request.user
        )
        message = ngettext(
            "%(count)s choice is saved.", "%(count)s choices are saved.", count
        )
        messages.success(request, message % {"count": count})
        if decided := pages.answers_in(request.POST) - count:
            message = ngettext(
                "%(count)s row was already decided by somebody else. It stays so.",
                "%(count)s rows were already decided by somebody else. They stay so.",
                decided,
            )
            messages.warning(request, message % {"count": decided})
    address = reverse("imports:import_detail", kwargs={"pk": pk})
    return redirect(f"{address}?tampil=ragu")


@back_to_import
@require_form_methods
def import_row(request: Request, pk: int, row: int) -> HttpResponse:
    """Correct one row, then continue with the next one in doubt."""
    found = _visible_row(request, pk, row)
    check_transition(VILLAGE_IMPORT, "edit", found.parent.status)
    names = pages.columns_in_order(found.parent)
    candidates = pages.village_choices(found.candidates)
    form = RowForm(post_or_none(request), found, names, candidates)
    if form.is_valid():
        edit, cells, chosen = services.edit_row, form.cells(), form.chosen_code()
        edited = run_service(form, edit, found, cells, chosen, acting_user=request.user)
        if edited is not None:
            return _redirect_to_next(request, edited)
    return form_page(
        request,
        form,
        title=_("Line %(line)s of %(listed)s")
        % {"line": found.line, "listed": found.parent},
        submit_label=_("Save this row"),
        cancel_url=reverse("imports:import_detail", kwargs={"pk": pk}),
        crumbs=import_crumbs(found.parent),
        template="imports/import_row.html",
        **pages.row_context(found),
    )


@back_to_import
@require_POST
def import_row_skip(request: Request, pk: int, row: int) -> HttpResponse:
    found = _visible_row(request, pk, row)
    skipped = services.skip_row(found, acting_user=request.user)
    return _redirect_to_next(request, skipped)


@back_to_import
@require_POST
def import_row_restore(request: Request, pk: int, row: int) -> HttpResponse:
    found = _visible_row(request, pk, row)
    services.restore_row(found, acting_user=request.user)
    return redirect("imports:import_detail", pk=pk)


# --- Inside ------------------------------------------------------------------


def _visible_row(request: Request, pk: int, row: int) -> VillageImportRow:
    listed = visible_import(request, pk)
    return get_object_or_404(listed.rows.select_related("region__parent"), pk=row)


def _redirect_to_next(request: Request, edited: VillageImportRow) -> HttpResponse:
    """Redirect to the same row while in doubt, else to the next one or the list."""
    doubtful = edited.check_result == VillageImportRow.CheckResult.DOUBTFUL
    following = edited if doubtful else next_doubtful_row(edited)
    if doubtful:
        messages.warning(request, _("The row is saved, but still in doubt."))
    if following is None:
        messages.success(request, _("No rows are in doubt any more."))
        return redirect("imports:import_detail", pk=edited.parent_id)
    return redirect("imports:import_row", pk=edited.parent_id, row=following.pk)
