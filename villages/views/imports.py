"""A list of villages: uploaded, its columns named, looked over, taken over."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.exports import sheet_answer
from desabinaan.lib.listing import CURSOR
from villages.actions import importing as deeds
from villages.forms.imports import ColumnsForm, ListUploadForm
from villages.models import VillageImport
from villages.selectors.importing import pages
from villages.standing import require_somewhere

back_to_list = back_to("villages:import_detail", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: Request) -> HttpResponse:
    """A list is uploaded; the register is not changed yet."""
    require_somewhere(request.user, "village.import")
    offices = pages.importing_offices(request.user)
    form = ListUploadForm(posted(request), request.FILES or None, offices=offices)
    if form.is_valid():
        listed = deeds.upload_list(
            form.office_of(), form.cleaned_data["file"], acting_user=request.user
        )
        return redirect("villages:import_columns", pk=listed.pk)
    context = {
        "form": form,
        "imports": pages.latest_imports(request.user),
        "crumbs": [(_("Villages"), reverse("villages:village_list")), (_title(), None)],
    }
    return render(request, "villages/import_start.html", context)


@require_safe
def import_template(request: Request) -> HttpResponseBase:
    """An empty list with its headings, to be filled."""
    require_somewhere(request.user, "village.import")
    return sheet_answer("xlsx", pages.template_sheet())


@back_to_list
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: Request, pk: int) -> HttpResponse:
    """What each column means, as guessed; corrected, every row is judged."""
    listed = import_in_sight(request, pk)
    pages.refuse_columns(listed)
    form = ColumnsForm(posted(request), listed=listed, samples=pages.samples_of(listed))
    if form.is_valid():
        judge = partial(
            deeds.preview_import, listed, form.columns(), acting_user=request.user
        )
        if attempt(form, judge):
            return redirect("villages:import_detail", pk=pk)
    context = {
        "form": form,
        "listed": listed,
        "remarks": pages.remarks_told(listed),
        "submit_label": _("Look over the rows"),
        "cancel_url": reverse("villages:import_start"),
        "crumbs": crumbs(listed, _("Columns")),
    }
    return render(request, "villages/import_columns.html", context)


@require_safe
def import_detail(request: Request, pk: int) -> HttpResponse:
    """The rows with their doubts, the progress, or what came of it."""
    listed = import_in_sight(request, pk)
    if listed.status == VillageImport.Status.UPLOADED:
        return redirect("villages:import_columns", pk=pk)
    word = request.GET.get("tampil", "")
    page = pages.page_of_rows(listed, word, request.GET.get(CURSOR, ""))
    context = pages.import_page(listed, word) | {
        "rows": page.rows,
        "next_url": pages.page_url(word, page.next_cursor) if page.next_cursor else "",
        "first_url": pages.page_url(word) if CURSOR in request.GET else "",
        "crumbs": crumbs(listed),
    }
    return render(request, "villages/import_detail.html", context)


@back_to_list
@require_POST
def import_apply(request: Request, pk: int) -> HttpResponse:
    listed = import_in_sight(request, pk)
    deeds.apply_import(listed, acting_user=request.user)
    return redirect("villages:import_detail", pk=pk)


@back_to_list
@require_POST
def import_again(request: Request, pk: int) -> HttpResponse:
    listed = import_in_sight(request, pk)
    deeds.begin_again(listed, acting_user=request.user)
    messages.info(request, _("The worker was asked once more."))
    return redirect("villages:import_detail", pk=pk)


@back_to_list
@require_POST
def import_leave_out_rest(request: Request, pk: int) -> HttpResponse:
    listed = import_in_sight(request, pk)
    count = deeds.leave_out_rest(listed, acting_user=request.user)
    told = ngettext("%(count)s row is left out.", "%(count)s rows are left out.", count)
    messages.success(request, told % {"count": count})
    return redirect("villages:import_detail", pk=pk)


@back_to_list
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    listed = import_in_sight(request, pk)
    deeds.discard_import(listed, acting_user=request.user)
    messages.success(request, _("The list is discarded. The register is unchanged."))
    return redirect("villages:import_start")


def import_in_sight(request: Request, pk: int) -> VillageImport:
    return get_object_or_404(pages.imports_for(request.user), pk=pk)


def crumbs(listed: VillageImport, last: str = "") -> list[tuple[object, str | None]]:
    here = reverse("villages:import_detail", kwargs={"pk": listed.pk})
    path: list[tuple[object, str | None]] = [
        (_("Villages"), reverse("villages:village_list")),
        (_title(), reverse("villages:import_start")),
        (listed, here if last else None),
    ]
    return [*path, (last, None)] if last else path


def _title() -> str:
    return _("Import a list")
