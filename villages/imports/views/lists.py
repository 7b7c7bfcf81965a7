"""Upload a list of villages; its other pages are those of every uploaded list."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts.file_responses import sheet_response
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    post_or_none,
    require_form_methods,
)
from desabinaan.uploads.views.pages import start_page, store_list
from villages.imports.forms import ListUploadForm
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.imports.presenters.files import template_sheet
from villages.imports.selectors.imports import importing_offices, imports_for
from villages.places.permissions import require_capability_anywhere


@require_form_methods
@once_per_form
def import_start(request: Request) -> HttpResponse:
    """Upload a list; the register does not change yet."""
    require_capability_anywhere(request.user, "village.import")
    offices, files = importing_offices(request.user), request.FILES or None
    form = ListUploadForm(
        post_or_none(request), files, kind=VILLAGE_LISTS, offices=offices
    )
    if form.is_valid():
        upload = VillageImport(office=form.chosen_office())
        file = form.cleaned_data["file"]
        if store_list(request, form, upload, file):
            return redirect(VILLAGE_LISTS.url("columns", upload.pk))
    return start_page(
        request,
        form,
        uploads=imports_for(request.user),
        intro=_(
            "Upload a list of fostered villages as it is. You can check and correct "
            "every row before anything is saved in the register."
        ),
        template_url=reverse("imports:import_template"),
        export_route="imports:import_export",
    )


@require_safe
def import_template(request: Request) -> HttpResponseBase:
    """Send an empty list with its headings, to be filled in."""
    require_capability_anywhere(request.user, "village.import")
    return sheet_response("xlsx", template_sheet())
