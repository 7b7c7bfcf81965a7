"""What was imported so far, as files: which columns, and the rows behind them."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Func
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.exports import Cell, Column
from villages.models import FigureImport, Office, VillageImport, VillageImportRow
from villages.selectors import figure_imports
from villages.selectors.importing import pages

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
FIGURES_ROW = (
    "uploaded_at",
    "filename",
    "office__short_name",
    "length",
    "added",
    "status",
    "uploaded_by__name",
    "applied_by__name",
    "applied_at",
)


def import_file_rows(user: Actor) -> Rows:
    """All lists of villages in sight, the newest first; `kept` rows are counted."""
    kept = (
        VillageImportRow.objects.filter(parent=OuterRef("pk"))
        .order_by()
        .values("parent")
        .annotate(count=Count("pk"))
    )
    rows: Rows = (
        pages.imports_for(user)
        .annotate(kept=Subquery(kept.values("count")))
        .order_by("-uploaded_at", "-pk")
        .values(*LIST_ROW)
    )
    return rows


def import_file() -> ListFile:
    """Rows that were deleted with their list are not counted any more."""
    states = {value: str(label) for value, label in VillageImport.Status.choices}
    return ListFile(
        "impor-desa",
        _("Imports of villages"),
        (
            Column(_("Uploaded"), itemgetter("uploaded_at"), 18),
            Column(_("File"), itemgetter("filename"), 36),
            Column(_("Office"), itemgetter("office__short_name"), 18),
            Column(_("Becomes"), _becomes, 36),
            Column(_("Rows kept"), itemgetter("kept"), 12),
            Column(_("Rows taken over"), _taken_over, 12),
            Column(_("State"), lambda row: states[row["status"]], 20),
            Column(_("Uploaded by"), _who, 26),
        ),
    )


def figure_import_file_rows(user: Actor) -> Rows:
    """All spreadsheets with figures in sight, the newest first."""
    length = Func("rows", function="jsonb_array_length", output_field=IntegerField())
    rows: Rows = (
        figure_imports.imports_for(user)
        .annotate(length=length)
        .order_by("-uploaded_at", "-pk")
        .values(*FIGURES_ROW)
    )
    return rows


def figure_import_file() -> ListFile:
    states = {value: str(label) for value, label in FigureImport.Status.choices}
    return ListFile(
        "impor-angka",
        _("Imports of figures"),
        (
            Column(_("Uploaded"), itemgetter("uploaded_at"), 18),
            Column(_("File"), itemgetter("filename"), 36),
            Column(_("Office"), itemgetter("office__short_name"), 18),
            Column(_("Rows"), itemgetter("length"), 10),
            Column(_("Figures taken over"), itemgetter("added"), 12),
            Column(_("State"), lambda row: states[row["status"]], 20),
            Column(_("Uploaded by"), itemgetter("uploaded_by__name"), 26),
            Column(_("Applied by"), itemgetter("applied_by__name"), 26),
            Column(_("Applied on"), itemgetter("applied_at"), 18),
        ),
    )


# --- Cells -------------------------------------------------------------------


def _becomes(row: Mapping[str, Any]) -> Cell:
    return pages.becomes(row["office__kind"] == Office.Kind.REGIONAL)


def _taken_over(row: Mapping[str, Any]) -> Cell:
    """Nothing while the worker writes: a list is taken over as a whole or not."""
    is_over = row["status"] == VillageImport.Status.APPLIED
    return row["progress__done"] if is_over else None


def _who(row: Mapping[str, Any]) -> Cell:
    return row["uploaded_by__name"] or _("the console")
