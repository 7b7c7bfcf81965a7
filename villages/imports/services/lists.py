"""Upload, preview and discard an import; delete old ones."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import stored_together
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.uploads.sheets.headings import table_in
from villages.imports.columns import WORDS
from villages.imports.models import (
    VillageImport,
    VillageImportProgress,
    VillageImportRow,
)
from villages.imports.selectors.checking import check_together
from villages.imports.selectors.uploads import UploadedList, left_blank
from villages.imports.workflow import VILLAGE_IMPORT
from villages.places.models import Office

DAYS_STORED = 30
AT_ONCE = 1000
_STATE = VillageImport.Status


def upload_list(
    office: Office, upload: UploadedList, *, acting_user: User | None
) -> VillageImport:
    """Store the list with its guessed columns; `acting_user` None is the console."""
    require_import(acting_user, office)
    with stored_together() as files:
        listed = VillageImport(
            office=office,
            uploaded_by=acting_user,
            filename=upload.filename[:150],
            headings=list(upload.table.headings),
            columns=dict(upload.table.columns),
            remarks=list(upload.table.remarks),
        )
        name = f"{secrets.token_hex(16)}.{upload.table.extension}"
        files.append(listed.file)
        listed.file.save(name, ContentFile(upload.content), save=False)
        listed.save()
        VillageImportProgress.objects.create(parent=listed)
        record_event(listed, "upload", acting_user, from_status="")
    return listed


@transaction.atomic
def preview_import(
    listed: VillageImport,
    columns: Mapping[str, int],
    fills_down: bool = False,
    *,
    acting_user: User | None,
) -> VillageImport:
    """Read and check every row by these columns; earlier corrections are lost.

    `fills_down` says that a blank district or regency repeats the one above; without
    it, each such row is asked about.
    """
    current = locked(listed)
    require_import(acting_user, current.office)
    before = current.status
    current.status = check_transition(VILLAGE_IMPORT, "preview", before).target
    if not {"village", "code", "ministry_code"} & columns.keys():
        raise ValidationError(
            _("Say which column holds the village: its name, its code, or both.")
        )
    current.fills_down = fills_down
    rows = _rows(current, columns)
    if not rows:
        raise ValidationError(_("There is no row below the headings."))
    check_together(rows, current)
    current.rows.all().delete()
    VillageImportRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    current.columns = dict(columns)
    current.problem = ""
    current.save(update_fields=["status", "columns", "fills_down", "problem"])
    note = _("%(count)s rows") % {"count": len(rows)}
    record_event(current, "preview", acting_user, from_status=before, note=note)
    return current


@transaction.atomic
def discard_import(listed: VillageImport, *, acting_user: User | None) -> VillageImport:
    """Discard the import with its file and rows; the register does not change."""
    current = locked(listed)
    require_import(acting_user, current.office)
    before = current.status
    current.status = check_transition(VILLAGE_IMPORT, "discard", before).target
    current.problem = ""
    current.save(update_fields=["status", "problem"])
    record_event(current, "discard", acting_user, from_status=before)
    _delete_contents(current)
    return current


def delete_imports_older_than(days: int = DAYS_STORED) -> int:
    """Delete the files and rows of old imports; return the number of imports."""
    old = VillageImport.objects.filter(
        uploaded_at__lt=timezone.now() - timedelta(days=days)
    ).exclude(file="")
    deleted = [_delete_if_idle(listed.pk) for listed in old]
    return sum(deleted)


# --- Shared with the other services ------------------------------------------


def locked(listed: VillageImport) -> VillageImport:
    return lock_row(VillageImport.objects.select_related("office"), listed.pk)


def require_import(acting_user: User | None, office: Office) -> None:
    """Require the right to import at the office; the console (None) has it."""
    if acting_user is not None:
        access.require(acting_user, "village.import", office)


# --- Inside ------------------------------------------------------------------


def _rows(listed: VillageImport, columns: Mapping[str, int]) -> list[VillageImportRow]:
    """Return the lines of the stored file with text in at least one known column."""
    if not listed.file:
        raise IllegalTransition(
            _("The file of this list has been deleted. Upload it again.")
        )
    with listed.file.open("rb") as file:
        table = table_in(file.read(), WORDS).with_columns(columns)
    above: dict[str, str] = {}
    rows = []
    for row in table.rows:
        cells = {name: cell for name, cell in row.cells.items() if cell}
        if not cells:
            continue
        missing = left_blank(cells, above)
        if listed.fills_down:
            cells, missing = {**cells, **missing}, {}
        rows.append(
            VillageImportRow(parent=listed, line=row.line, cells=cells, above=missing)
        )
    return rows


@transaction.atomic
def _delete_if_idle(pk: int) -> bool:
    """Delete file and rows, unless the import is being saved right now."""
    listed = (
        VillageImport.objects.select_for_update(of=("self",), skip_locked=True)
        .exclude(status=_STATE.COMMITTING)
        .filter(pk=pk)
        .first()
    )
    if listed is None:
        return False
    if listed.status != _STATE.COMMITTED:
        listed.status, listed.problem = _STATE.DISCARDED, ""
        listed.save(update_fields=["status", "problem"])
    _delete_contents(listed)
    return True


def _delete_contents(listed: VillageImport) -> None:
    """Delete rows and file; they hold personal data such as telephone numbers."""
    name, storage = listed.file.name, listed.file.storage
    listed.rows.all().delete()
    listed.file = ""
    listed.save(update_fields=["file"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
