"""Pages of an import: upload a list, name its columns, check and save it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.file_responses import sheet_response
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    back_to,
    form_page,
    post_or_none,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.workflow.transitions import check_transition
from villages.imports import services
from villages.imports.forms import ColumnsForm, ListUploadForm
from villages.imports.models import VillageImport
from villages.imports.presenters import pages
from villages.imports.selectors.imports import importing_offices, imports_for
from villages.imports.selectors.uploads import column_contents
from villages.imports.workflow import VILLAGE_IMPORT
from villages.places.permissions import require_capability_anywhere

back_to_import = back_to("imports:import_detail", "pk")


@require_form_methods
@once_per_form
def import_start(request: Request) -> HttpResponse:
    """Upload a list; the register does not change yet."""
    require_capability_anywhere(request.user, "village.import")
    offices = importing_offices(request.user)
    form = ListUploadForm(post_or_none(request), request.FILES or None, offices=offices)
    if form.is_valid():
        listed = services.upload_list(
            form.chosen_office(), form.cleaned_data["file"], acting_user=request.user
        )
        return redirect("imports:import_columns", pk=listed.pk)
    return form_page(
        request,
        form,
        title=_("Import a list"),
        submit_label=_("Upload and check"),
        cancel_url=reverse("register:village_list"),
        crumbs=[(_("Villages"), reverse("register:village_list"))],
        template="imports/import_start.html",
        imports=pages.latest_imports(request.user),
    )


@require_safe
def import_template(request: Request) -> HttpResponseBase:
    """Send an empty list with its headings, to be filled in."""
    require_capability_anywhere(request.user, "village.import")
    return sheet_response("xlsx", pages.template_sheet())


@back_to_import
@require_form_methods
def import_columns(request: Request, pk: int) -> HttpResponse:
    """Correct what each column means, then check every row."""
    listed = visible_import(request, pk)
    check_transition(VILLAGE_IMPORT, "preview", listed.status)
    form = ColumnsForm(
        post_or_none(request), listed=listed, contents=column_contents(listed)
    )
    if form.is_valid():
        preview, user = services.preview_import, request.user
        meant = form.columns(), form.fills_down()
        if run_service(form, preview, listed, *meant, acting_user=user):
            return redirect("imports:import_detail", pk=pk)
    return form_page(
        request,
        form,
        title=_("Columns of %(file)s") % {"file": listed},
        submit_label=_("Check the rows"),
        cancel_url=reverse("imports:import_start"),
        crumbs=import_crumbs(listed),
        template="imports/import_columns.html",
        listed=listed,
        remarks=pages.remark_messages(listed),
    )


@require_safe
def import_detail(request: Request, pk: int) -> HttpResponse:
    """Show the rows with their problems, the progress, or the result."""
    listed = visible_import(request, pk)
    if listed.status == VillageImport.Status.UPLOADED:
        return redirect("imports:import_columns", pk=pk)
    shown = request.GET.get(pages.SHOWN, "")
    page = pages.page_of_rows(listed, shown, request.GET.get(CURSOR, ""))
    context = pages.import_page(listed, shown) | {
        "rows": page.rows,
        "next_url": pages.page_url(shown, page.next_cursor) if page.next_cursor else "",
        "first_url": pages.page_url(shown) if CURSOR in request.GET else "",
        "crumbs": [*_start_crumbs(), (listed, None)],
    }
    return render(request, "imports/import_detail.html", context)


@back_to_import
@require_POST
def import_commit(request: Request, pk: int) -> HttpResponse:
    listed = visible_import(request, pk)
    services.commit_import(listed, acting_user=request.user)
    return redirect("imports:import_detail", pk=pk)


@back_to_import
@require_POST
def import_restart(request: Request, pk: int) -> HttpResponse:
    listed = visible_import(request, pk)
    services.restart_import(listed, acting_user=request.user)
    messages.info(request, _("The import was restarted."))
    return redirect("imports:import_detail", pk=pk)


@back_to_import
@require_POST
def import_skip_rest(request: Request, pk: int) -> HttpResponse:
    """Skip all rows that are still in doubt."""
    listed = visible_import(request, pk)
    count = services.skip_doubtful_rows(listed, acting_user=request.user)
    message = ngettext(
        "%(count)s row is skipped.", "%(count)s rows are skipped.", count
    )
    messages.success(request, message % {"count": count})
    return redirect("imports:import_detail", pk=pk)


@back_to_import
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    listed = visible_import(request, pk)
    services.discard_import(listed, acting_user=request.user)
    messages.success(request, _("The list is discarded. The register is unchanged."))
    return redirect("imports:import_start")


# --- Shared with the pages of the rows ---------------------------------------


def visible_import(request: Request, pk: int) -> VillageImport:
    return get_object_or_404(imports_for(request.user), pk=pk)


def import_crumbs(listed: VillageImport) -> list[tuple[object, str | None]]:
    """Return the breadcrumbs down to the page of this import."""
    detail_url = reverse("imports:import_detail", kwargs={"pk": listed.pk})
    return [*_start_crumbs(), (listed, detail_url)]


def _start_crumbs() -> list[tuple[object, str | None]]:
    return [
        (_("Villages"), reverse("register:village_list")),
        (_("Import a list"), reverse("imports:import_start")),
    ]
