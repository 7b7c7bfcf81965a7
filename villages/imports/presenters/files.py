"""The list of imports as a file, and the empty list to fill in."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column, Sheet
from desabinaan.uploads.models import UploadRow
from villages.imports.columns import COLUMNS
from villages.imports.models import VillageImport
from villages.imports.selectors.imports import imports_for
from villages.places.models import Office

Rows = QuerySet[Any, dict[str, Any]]
LIST_ROW = (
    "uploaded_at",
    "filename",
    "office__short_name",
    "office__kind",
    "kept",
    "progress__done",
    "status",
    "uploaded_by__name",
)


def import_file_rows(user: Actor) -> Rows:
    """Return all visible imports, newest first, with their number of rows as `kept`."""
    stored_rows = (
        UploadRow.objects.filter(parent=OuterRef("pk"))
        .order_by()
        .values("parent")
        .annotate(count=Count("pk"))
    )
    rows: Rows = (
        imports_for(user)
        .annotate(kept=Subquery(stored_rows.values("count")))
        .order_by("-uploaded_at", "-pk")
        .values(*LIST_ROW)
    )
    return rows


def import_file() -> ListFile:
    """Return the columns; rows deleted with their list are no longer counted."""
    states = {value: str(label) for value, label in VillageImport.Status.choices}
    return ListFile(
        "impor-desa",
        _("Village imports"),
        (
            Column(_("Uploaded"), itemgetter("uploaded_at"), 18),
            Column(_("File"), itemgetter("filename"), 36),
            Column(_("Office"), itemgetter("office__short_name"), 18),
            Column(_("Becomes"), _becomes, 36),
            Column(_("Rows stored"), itemgetter("kept"), 12),
            Column(_("Rows saved"), _committed_count, 12),
            Column(_("State"), lambda row: states[row["status"]], 20),
            Column(
                _("Uploaded by"),
                lambda row: row["uploaded_by__name"] or _("the console"),
                26,
            ),
        ),
    )


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


def _committed_count(row: Mapping[str, Any]) -> Cell:
    """Return the number of saved rows; empty unless the whole list was saved."""
    is_over = row["status"] == VillageImport.Status.COMMITTED
    return row["progress__done"] if is_over else None
