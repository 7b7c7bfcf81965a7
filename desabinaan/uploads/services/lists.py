"""Store, preview and discard a list; delete old ones."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import stored_together
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.seen import refuse_unseen
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.uploads.kinds import ListKind, U
from desabinaan.uploads.models import Upload, UploadProgress, UploadRow
from desabinaan.uploads.selectors.uploads import (
    READ,
    UploadedTable,
    keeps_rows,
    left_blank,
    stored_table,
)
from desabinaan.uploads.services.checking import check_all, check_and_store
from desabinaan.uploads.services.repeated import refuse_repeated
from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.reading import workbook_as_json
from desabinaan.uploads.workflow import UPLOAD, UPLOAD_EVENT_LABELS

BATCH = 1000


def store_upload(
    kind: ListKind[U], upload: U, content: UploadedTable, *, acting_user: User | None
) -> U:
    """Store the list with its guessed columns; `acting_user` None is the console.

    `upload` is not saved yet and holds only the place of the list. Its rows are checked
    at once when its kind does not ask for the columns.
    """
    kind.require(acting_user, upload)
    upload.uploaded_by = acting_user
    upload.delete_on = timezone.localdate() + timedelta(days=kind.days_stored)
    upload.filename = content.filename[:150]
    _set_table(upload, content.table)
    with stored_together() as files:
        name = f"{secrets.token_hex(16)}{READ}"
        files.append(upload.file)
        read = ContentFile(workbook_as_json(content.workbook))
        upload.file.save(name, read, save=False)
        _insert(kind, upload)
        UploadProgress.objects.create(parent=upload)
        record_event(upload, "upload", acting_user, from_status="")
        if not kind.asks_columns:
            return preview_upload(kind, upload, upload.columns, acting_user=acting_user)
    return upload


@transaction.atomic
def set_headed(
    kind: ListKind[U],
    upload: U,
    is_headed: bool,
    *,
    acting_user: User | None,
    seen: int | None = None,
) -> U:
    """Read the file again: with headings in its first row, or without any.

    The columns are guessed again, and the rows read before are gone. `seen` is the
    latest event that the page showed; ValidationError when one is newer.
    """
    current = locked_upload(kind, upload, acting_user)
    check_transition(UPLOAD, "preview", current.status, current)
    refuse_unseen(current, seen, UPLOAD_EVENT_LABELS)
    current.is_headed = is_headed
    _set_table(current, _readable_table(kind, current))
    current.rows.all().delete()
    fields = ["is_headed", "headings", "columns", "remarks"]
    current.save(update_fields=fields)
    record_event(current, "set_headed", acting_user)
    return current


@transaction.atomic
def preview_upload(
    kind: ListKind[U],
    upload: U,
    columns: Mapping[str, int],
    fills_down: bool = False,
    *,
    acting_user: User | None,
    seen: int | None = None,
) -> U:
    """Read and check every row by these columns.

    Earlier corrections are lost when the columns mean something else than before;
    otherwise the rows stay and are only checked again. `fills_down` says that a blank
    cell repeats the one above, in the columns where that is usual; without it, the kind
    of list decides what such a row means. `seen` is the latest event that the page
    showed; ValidationError when one is newer and rows would be read again.
    """
    current = locked_upload(kind, upload, acting_user)
    before = current.status
    current.status = check_transition(UPLOAD, "preview", before, current).target
    if missing := kind.missing_text(columns):
        raise ValidationError(missing)
    current.problem_texts = {}
    if before != Upload.Status.UPLOADED and keeps_rows(current, columns, fills_down):
        count = check_all(kind, current, acting_user)
    else:
        refuse_unseen(current, seen, UPLOAD_EVENT_LABELS)
        current.fills_down = fills_down
        count = _read_rows(kind, current, columns, acting_user)
    current.columns = dict(columns)
    current.is_headed = current.is_headed is not False
    fields = ["status", "columns", "is_headed", "fills_down", "problem_texts"]
    current.save(update_fields=fields)
    note = str(count)
    record_event(current, "preview", acting_user, from_status=before, note=note)
    return current


@transaction.atomic
def discard_upload(
    kind: ListKind[U],
    upload: U,
    *,
    acting_user: User | None,
    seen: int | None = None,
) -> U:
    """Discard the list with its file and rows; nothing else changes.

    `seen` is the latest event that the page showed; ValidationError when one is newer.
    """
    current = locked_upload(kind, upload, acting_user)
    refuse_repeated(current, acting_user, Upload.Status.DISCARDED)
    before = current.status
    current.status = check_transition(UPLOAD, "discard", before, current).target
    refuse_unseen(current, seen, UPLOAD_EVENT_LABELS)
    current.problem_texts = {}
    current.save(update_fields=["status", "problem_texts"])
    record_event(current, "discard", acting_user, from_status=before)
    _delete_contents(current)
    return current


def delete_old_uploads() -> int:
    """Delete the files and rows of lists whose time is over; return how many."""
    old = Upload.objects.filter(delete_on__lte=timezone.localdate()).exclude(file="")
    deleted = [_delete_if_idle(upload.pk) for upload in old]
    return sum(deleted)


# --- Shared with the other services ------------------------------------------


def locked_upload(kind: ListKind[U], upload: U, acting_user: User | None) -> U:
    """Return the list locked, as it is now, if the user may save it."""
    current = lockable(kind).get(pk=upload.pk)
    kind.require(acting_user, current)
    return current


def lockable(kind: ListKind[U], *, skip_locked: bool = False) -> QuerySet[U]:
    """Return the lists of this kind; the rows that are read get locked.

    The row of the kind's own table never changes: the shared one is enough.
    """
    lists: QuerySet[U] = cast(Any, kind.model).objects.all()
    if kind.related:
        lists = lists.select_related(*kind.related)
    return lists.select_for_update(of=("upload_ptr",), skip_locked=skip_locked)


# --- Inside ------------------------------------------------------------------


def _set_table(upload: Upload, table: Table) -> None:
    upload.headings = list(table.headings)
    upload.columns = dict(table.columns)
    upload.remarks = list(table.remarks)
    upload.is_headed = table.is_headed


def _insert(kind: ListKind[U], upload: U) -> None:
    """Save the new list; one pasted within the same minute as another gets a number.

    Whoever pastes for the same place meanwhile waits, and counts this list, too.
    """
    if not kind.pasted_for or upload.filename:
        upload.save()
        return
    place = getattr(upload, kind.pasted_for)
    lock_row(type(place).objects.all(), place.pk)
    upload.save()
    minute = upload.uploaded_at.replace(second=0, microsecond=0)
    same: QuerySet[U] = cast(Any, kind.model).objects.filter(
        **{kind.pasted_for: place},
        filename="",
        uploaded_at__gte=minute,
        uploaded_at__lt=minute + timedelta(minutes=1),
    )
    upload.pasted_number = same.count()
    upload.save(update_fields=["pasted_number"])


def _readable_table(kind: ListKind[U], upload: U) -> Table:
    table = stored_table(kind, upload)
    if table is None:
        raise IllegalTransition(
            _("The file of this list has been deleted. Upload it again.")
        )
    return table


def _read_rows(
    kind: ListKind[U],
    upload: U,
    columns: Mapping[str, int],
    acting_user: User | None,
) -> int:
    """Replace the rows by those of the file, checked; return how many."""
    rows = _rows(kind, upload, columns)
    if not rows:
        raise ValidationError(_("There is no row below the headings."))
    check_and_store(kind, upload, rows, acting_user)
    upload.rows.all().delete()
    UploadRow.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _rows(kind: ListKind[U], upload: U, columns: Mapping[str, int]) -> list[UploadRow]:
    """Return the lines of the stored file with text in at least one known column."""
    table = _readable_table(kind, upload)
    above: dict[str, str] = {}
    rows = []
    for row in table.with_columns(columns).rows:
        cells = {name: cell for name, cell in row.cells.items() if cell}
        if not cells:
            continue
        missing = left_blank(cells, above, kind.repeating)
        if upload.fills_down:
            cells, missing = {**cells, **missing}, {}
        rows.append(UploadRow(parent=upload, line=row.line, cells=cells, above=missing))
    return rows


@transaction.atomic
def _delete_if_idle(pk: int) -> bool:
    """Delete file and rows, unless the list is being saved right now."""
    upload = (
        Upload.objects.select_for_update(of=("self",), skip_locked=True)
        .exclude(status=Upload.Status.COMMITTING)
        .filter(pk=pk)
        .first()
    )
    if upload is None:
        return False
    if upload.status != Upload.Status.COMMITTED:
        upload.status, upload.problem_texts = Upload.Status.DISCARDED, {}
        upload.save(update_fields=["status", "problem_texts"])
    _delete_contents(upload)
    return True


def _delete_contents(upload: Upload) -> None:
    """Delete rows and file; they hold personal data such as telephone numbers."""
    name, storage = upload.file.name, upload.file.storage
    upload.rows.all().delete()
    upload.file = ""
    upload.save(update_fields=["file"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
