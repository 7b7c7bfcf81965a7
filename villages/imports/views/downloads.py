from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from desabinaan.accounts.exports import list_response
from desabinaan.accounts.http import Request
from villages.imports.presenters import files
from villages.places.permissions import require_capability_anywhere


@require_POST
def import_export(request: Request) -> HttpResponseBase:
    """Send all visible imports as a file; the page lists only the latest."""
    require_capability_anywhere(request.user, "village.import")
    rows = files.import_file_rows(request.user)
    return list_response(request, files.import_file(), rows)
