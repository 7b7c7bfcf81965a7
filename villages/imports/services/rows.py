"""Edit, skip and restore rows of an import, and choose their villages."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import check_transition
from villages.imports.models import VillageImport, VillageImportRow
from villages.imports.selectors.checking import check_together
from villages.imports.services.lists import locked, require_import
from villages.imports.workflow import VILLAGE_IMPORT

CheckResult = VillageImportRow.CheckResult
CHECKED_FIELDS = (
    "region",
    "chosen",
    "cells",
    "above",
    "confidence",
    "candidates",
    "problems",
    "notes",
    "check_result",
)


@transaction.atomic
def edit_row(
    row: VillageImportRow,
    cells: Mapping[str, str],
    chosen: str = "",
    *,
    acting_user: User,
) -> VillageImportRow:
    """Replace the cells of the row and the chosen village, and check it again."""
    listed = _locked_for_editing(row.parent, acting_user)
    current = listed.rows.get(pk=row.pk)
    touched = {current.region_id, chosen}
    current.cells = {name: cell for name, cell in cells.items() if cell}
    current.above = {
        name: cell for name, cell in current.above.items() if not cells.get(name)
    }
    current.chosen_id = chosen or None
    current.check_result = CheckResult.DOUBTFUL
    _check_again(listed, [current], touched)
    record_event(listed, "edit", acting_user, note=str(current.line))
    return current


@transaction.atomic
def choose_villages(
    listed: VillageImport,
    chosen: Mapping[int, str],
    skipped: Collection[int] = (),
    *,
    acting_user: User,
) -> int:
    """Set the chosen villages (row id -> code) and skip rows; return how many.

    Rows that are no longer in doubt, because somebody else decided them, stay.
    """
    current = _locked_for_editing(listed, acting_user)
    doubtful = current.rows.filter(check_result=CheckResult.DOUBTFUL)
    rows = list(doubtful.filter(pk__in=[*chosen, *skipped]))
    if not rows:
        return 0
    touched: set[str | None] = {row.region_id for row in rows}
    for row in rows:
        row.chosen_id = chosen.get(row.pk, row.chosen_id)
        row.check_result = (
            CheckResult.SKIPPED if row.pk in skipped else CheckResult.DOUBTFUL
        )
    _check_again(current, rows, touched | set(chosen.values()))
    lines = ", ".join(str(row.line) for row in rows)
    record_event(current, "choose", acting_user, note=lines)
    return len(rows)


@transaction.atomic
def skip_row(row: VillageImportRow, *, acting_user: User) -> VillageImportRow:
    """Skip the row; another row for the same village may then become ready."""
    listed = _locked_for_editing(row.parent, acting_user)
    current = listed.rows.get(pk=row.pk)
    current.check_result = CheckResult.SKIPPED
    _check_again(listed, [current], {current.region_id})
    record_event(listed, "skip", acting_user, note=str(current.line))
    return current


@transaction.atomic
def restore_row(row: VillageImportRow, *, acting_user: User) -> VillageImportRow:
    """Check a skipped row again like the others."""
    listed = _locked_for_editing(row.parent, acting_user)
    current = listed.rows.get(pk=row.pk)
    current.check_result = CheckResult.DOUBTFUL
    _check_again(listed, [current], {current.region_id})
    record_event(listed, "restore", acting_user, note=str(current.line))
    return current


@transaction.atomic
def skip_doubtful_rows(listed: VillageImport, *, acting_user: User | None) -> int:
    """Skip every row that is still in doubt; return how many."""
    current = _locked_for_editing(listed, acting_user)
    count = current.rows.filter(check_result=CheckResult.DOUBTFUL).update(
        check_result=CheckResult.SKIPPED
    )
    record_event(current, "skip_rest", acting_user, note=str(count))
    return count


# --- Inside ------------------------------------------------------------------


def _locked_for_editing(
    listed: VillageImport, acting_user: User | None
) -> VillageImport:
    """Lock the import, check that rows may be edited, and clear its last problem."""
    current = locked(listed)
    require_import(acting_user, current.office)
    current.status = check_transition(VILLAGE_IMPORT, "edit", current.status).target
    current.problem = ""
    current.save(update_fields=["status", "problem"])
    return current


def _check_again(
    listed: VillageImport,
    rows: Iterable[VillageImportRow],
    touched: Iterable[str | None],
) -> None:
    """Check the rows, and all other rows matched to the same villages."""
    together = {row.pk: row for row in rows}
    codes = [code for code in touched if code]
    duplicates = listed.rows.filter(region__in=codes).exclude(pk__in=together)
    together |= {row.pk: row for row in duplicates}
    ordered = sorted(together.values(), key=lambda row: row.line)
    check_together(ordered, listed)
    found = {row.region_id for row in ordered if row.region_id} - set(codes)
    if found:  # a corrected name may match a village that another row names
        more = listed.rows.filter(region__in=found).exclude(pk__in=together)
        ordered = sorted([*ordered, *more], key=lambda row: row.line)
        check_together(ordered, listed)
    VillageImportRow.objects.bulk_update(ordered, CHECKED_FIELDS, batch_size=500)
