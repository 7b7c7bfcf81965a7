"""The uploaded lists of one kind as a file."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from desabinaan.lib.sheets.columns import Cell, Column, moment_column
from desabinaan.uploads.models import Upload, UploadEvent, UploadRow

Rows: TypeAlias = QuerySet[Any, dict[str, Any]]
LIST_ROW = (
    "uploaded_at",
    "filename",
    "kept",
    "progress__done",
    "status",
    "uploaded_by__name",
    "saved_by",
    "saved_at",
)


def list_rows(uploads: QuerySet[Any], *own: str) -> Rows:
    """Return the lists, newest first, with the fields `own` of their kind."""
    stored = (
        UploadRow.objects.filter(parent=OuterRef("pk"))
        .order_by()
        .values("parent")
        .annotate(count=Count("pk"))
    )
    saved = UploadEvent.objects.filter(parent=OuterRef("pk"), verb="finish")
    rows: Rows = (
        uploads.annotate(
            kept=Subquery(stored.values("count")),
            saved_by=Subquery(saved.values("actor__name")[:1]),
            saved_at=Subquery(saved.values("occurred_at")[:1]),
        )
        .order_by("-uploaded_at", "-pk")
        .values(*LIST_ROW, *own)
    )
    return rows


def list_columns(own: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns; rows deleted with their list are no longer counted."""
    states = {value: str(label) for value, label in Upload.Status.choices}
    return (
        moment_column(_("Uploaded"), itemgetter("uploaded_at")),
        Column(_("File"), itemgetter("filename"), 36),
        *own,
        Column(_("Rows stored"), itemgetter("kept"), 12),
        Column(_("Rows saved"), _saved_count, 12),
        Column(_("State"), lambda row: states[row["status"]], 20),
        Column(
            _("Uploaded by"),
            lambda row: row["uploaded_by__name"] or _("the console"),
            26,
        ),
        Column(_("Saved by"), itemgetter("saved_by"), 26),
        moment_column(_("Saved on"), itemgetter("saved_at")),
    )


def _saved_count(row: Mapping[str, Any]) -> Cell:
    """Return the number of saved rows; empty unless the whole list was saved."""
    is_over = row["status"] == Upload.Status.COMMITTED
    return row["progress__done"] if is_over else None
