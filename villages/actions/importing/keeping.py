"""A list is taken in, its columns are named, its rows judged; later it is forgotten."""

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
from desabinaan.lib.files import stored_together
from desabinaan.lib.transitions import IllegalTransition, step
from desabinaan.lib.workbooks import headed_table, workbook_of
from villages.models import (
    Office,
    VillageImport,
    VillageImportEvent,
    VillageImportProgress,
    VillageImportRow,
)
from villages.selectors.importing.columns import COLUMNS, WORDS
from villages.selectors.importing.judging import judge_together
from villages.selectors.importing.uploads import UploadedList
from villages.workflow import VILLAGE_IMPORT

DAYS_KEPT = 30
AT_ONCE = 1000
_STATE = VillageImport.Status


def upload_list(
    office: Office, upload: UploadedList, *, acting_user: User | None
) -> VillageImport:
    """The list is kept with the columns as guessed; None acts for the console."""
    require_import(acting_user, office)
    with stored_together() as files:
        listed = VillageImport(
            office=office,
            uploaded_by=acting_user,
            filename=upload.filename[:150],
            headings=list(upload.table.headings),
            columns=dict(upload.table.columns),
            remarks=list(upload.workbook.remarks),
        )
        name = f"{secrets.token_hex(16)}.{upload.workbook.extension}"
        files.append(listed.file)
        listed.file.save(name, ContentFile(upload.content), save=False)
        listed.save()
        VillageImportProgress.objects.create(parent=listed)
        record(listed, "upload", acting_user, from_status="")
    return listed


@transaction.atomic
def preview_import(
    listed: VillageImport, columns: Mapping[str, int], *, acting_user: User | None
) -> VillageImport:
    """Every row is judged by these columns; what was mended before is gone."""
    current = locked(listed)
    require_import(acting_user, current.office)
    before = current.status
    current.status = step(VILLAGE_IMPORT, "preview", before).target
    if not {"village", "code"} & columns.keys():
        raise ValidationError(
            _("Say which column holds the village: its name, its code, or both.")
        )
    rows = _rows(current, columns)
    if not rows:
        raise ValidationError(_("There is no row below the headings."))
    judge_together(rows, current.office)
    current.rows.all().delete()
    VillageImportRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    current.columns = dict(columns)
    current.problem = ""
    current.save(update_fields=["status", "columns", "problem"])
    note = _("%(count)s rows") % {"count": len(rows)}
    record(current, "preview", acting_user, from_status=before, note=note)
    return current


@transaction.atomic
def discard_import(listed: VillageImport, *, acting_user: User | None) -> VillageImport:
    """The list is put away with its file and rows; the register stays as it was."""
    current = locked(listed)
    require_import(acting_user, current.office)
    before = current.status
    current.status = step(VILLAGE_IMPORT, "discard", before).target
    current.problem = ""
    current.save(update_fields=["status", "problem"])
    record(current, "discard", acting_user, from_status=before)
    _forget(current)
    return current


def forget_old_imports(days: int = DAYS_KEPT) -> int:
    """Files and rows older than that are gone; what they brought stays. How many."""
    old = VillageImport.objects.filter(
        uploaded_at__lt=timezone.now() - timedelta(days=days)
    ).exclude(file="")
    forgotten = [_forget_if_idle(listed.pk) for listed in old]
    return sum(forgotten)


# --- For the neighbours ------------------------------------------------------


def locked(listed: VillageImport) -> VillageImport:
    return (
        VillageImport.objects.select_for_update(of=("self",))
        .select_related("office")
        .get(pk=listed.pk)
    )


def require_import(acting_user: User | None, office: Office) -> None:
    """The console asks nobody; a person needs the right at the office."""
    if acting_user is not None:
        access.require(acting_user, "village.import", office)


def record(
    listed: VillageImport,
    verb: str,
    acting_user: User | None,
    *,
    from_status: str | None = None,
    note: str = "",
) -> VillageImportEvent:
    return VillageImportEvent.objects.create(
        parent=listed,
        actor=acting_user,
        verb=verb,
        from_status=listed.status if from_status is None else from_status,
        to_status=listed.status,
        note=note,
    )


# --- Inside ------------------------------------------------------------------


def _rows(listed: VillageImport, columns: Mapping[str, int]) -> list[VillageImportRow]:
    """The lines of the kept file that say anything in a known column."""
    if not listed.file:
        raise IllegalTransition(
            _("The file of this list is no longer kept. Upload the list once more.")
        )
    with listed.file.open("rb") as kept:
        workbook = workbook_of(kept.read())
    table = headed_table(workbook, WORDS).with_columns(columns)
    return [
        VillageImportRow(parent=listed, line=row.line, cells=cells)
        for row in table.rows
        if (cells := {name: cell for name, cell in row.cells.items() if cell})
        and cells.keys() & COLUMNS.keys()
    ]


@transaction.atomic
def _forget_if_idle(pk: int) -> bool:
    """An import that is just being taken over is passed by."""
    listed = (
        VillageImport.objects.select_for_update(of=("self",), skip_locked=True)
        .exclude(status=_STATE.APPLYING)
        .filter(pk=pk)
        .first()
    )
    if listed is None:
        return False
    if listed.status != _STATE.APPLIED:
        listed.status, listed.problem = _STATE.DISCARDED, ""
        listed.save(update_fields=["status", "problem"])
    _forget(listed)
    return True


def _forget(listed: VillageImport) -> None:
    """Rows hold names and telephones; neither they nor the file outlive the need."""
    name, storage = listed.file.name, listed.file.storage
    listed.rows.all().delete()
    listed.file = ""
    listed.save(update_fields=["file"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
