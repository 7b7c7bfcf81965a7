"""The list of imports as a file, and the empty list to fill in."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column, Sheet
from desabinaan.uploads.presenters.files import Rows, list_columns, list_rows
from villages.imports.columns import COLUMNS
from villages.imports.selectors.imports import imports_for
from villages.places.models import Office


def import_file_rows(user: Actor) -> Rows:
    return list_rows(imports_for(user), "office__short_name", "office__kind")


def import_file() -> ListFile:
    own = (
        Column(_("Office"), itemgetter("office__short_name"), 18),
        Column(_("Becomes"), _becomes, 36),
    )
    return ListFile("impor-desa", _("Village imports"), list_columns(own))


def becomes(designates: bool) -> str:
    """Return what the rows of a list become in the register."""
    if designates:
        return _("designated villages, if a decree is given")
    return _("proposals to the Kanwil")


def template_sheet() -> Sheet:
    """Return an empty list with its headings, to be filled in."""
    return Sheet(
        "templat-desa-binaan",
        _("List of fostered villages"),
        [
            Column(str(known.label), lambda _row: "", 18)
            for name, known in COLUMNS.items()
            if name != "code"  # the other column of codes says whose they are
        ],
        (),
    )


# --- Cells -------------------------------------------------------------------


def _becomes(row: Mapping[str, Any]) -> Cell:
    return becomes(row["office__kind"] == Office.Kind.REGIONAL)
