"""What was not used of a file, as messages above its rows."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.remarks import remark_message


def warn_about_columns(request: HttpRequest, table: Table) -> None:
    """Name the headings that mean no column, and what is unusual about the file."""
    used = set(table.columns.values())
    unused = [
        heading
        for place, heading in enumerate(table.headings)
        if heading and place not in used
    ]
    if unused:
        text = _(
            "These columns are not used: %(headings)s. If one is needed, write its "
            "heading as in the template and send the file again."
        )
        messages.warning(request, text % {"headings": "; ".join(unused)})
    for key, details in table.remarks:
        messages.warning(request, remark_message(key, details))
