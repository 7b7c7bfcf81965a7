"""Rows are mended one by one, many are chosen at once, some are left out."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.lib.transitions import step
from villages.actions.importing.keeping import locked, record, require_import
from villages.models import VillageImport, VillageImportRow
from villages.selectors.importing.judging import judge_together
from villages.workflow import VILLAGE_IMPORT

Verdict = VillageImportRow.Verdict
JUDGED = (
    "region",
    "chosen",
    "cells",
    "confidence",
    "candidates",
    "problems",
    "notes",
    "verdict",
)


@transaction.atomic
def mend_row(
    row: VillageImportRow,
    cells: Mapping[str, str],
    chosen: str = "",
    *,
    acting_user: User,
) -> VillageImportRow:
    """The row holds these cells and, where one was chosen, means that village."""
    listed = _opened(row.parent, acting_user)
    current = listed.rows.get(pk=row.pk)
    touched = {current.region_id, chosen}
    current.cells = {name: cell for name, cell in cells.items() if cell}
    current.chosen_id = chosen or None
    current.verdict = Verdict.DOUBTFUL
    _judge_again(listed, [current], touched)
    record(listed, "mend", acting_user, note=str(current.line))
    return current


@transaction.atomic
def choose_villages(
    listed: VillageImport,
    meant: Mapping[int, str],
    out: Collection[int] = (),
    *,
    acting_user: User,
) -> int:
    """Rows mean the villages chosen for them (id -> code), or stay out; how many."""
    current = _opened(listed, acting_user)
    rows = list(current.rows.filter(pk__in=[*meant, *out]))
    touched: set[str | None] = {row.region_id for row in rows}
    for row in rows:
        row.chosen_id = meant.get(row.pk, row.chosen_id)
        row.verdict = Verdict.LEFT_OUT if row.pk in out else Verdict.DOUBTFUL
    _judge_again(current, rows, touched | set(meant.values()))
    lines = ", ".join(str(row.line) for row in rows)
    record(current, "choose", acting_user, note=lines)
    return len(rows)


@transaction.atomic
def leave_out(row: VillageImportRow, *, acting_user: User) -> VillageImportRow:
    """The row is not taken over; another that means the same village may be."""
    listed = _opened(row.parent, acting_user)
    current = listed.rows.get(pk=row.pk)
    current.verdict = Verdict.LEFT_OUT
    _judge_again(listed, [current], {current.region_id})
    record(listed, "leave_out", acting_user, note=str(current.line))
    return current


@transaction.atomic
def take_back(row: VillageImportRow, *, acting_user: User) -> VillageImportRow:
    """A row that was left out is judged again like the others."""
    listed = _opened(row.parent, acting_user)
    current = listed.rows.get(pk=row.pk)
    current.verdict = Verdict.DOUBTFUL
    _judge_again(listed, [current], {current.region_id})
    record(listed, "take_back", acting_user, note=str(current.line))
    return current


@transaction.atomic
def leave_out_rest(listed: VillageImport, *, acting_user: User | None) -> int:
    """Every row that is still in doubt is left out; how many."""
    current = _opened(listed, acting_user)
    count = current.rows.filter(verdict=Verdict.DOUBTFUL).update(
        verdict=Verdict.LEFT_OUT
    )
    record(current, "leave_out_rest", acting_user, note=str(count))
    return count


# --- Inside ------------------------------------------------------------------


def _opened(listed: VillageImport, acting_user: User | None) -> VillageImport:
    """The import, locked and in a state in which rows may be mended."""
    current = locked(listed)
    require_import(acting_user, current.office)
    current.status = step(VILLAGE_IMPORT, "mend", current.status).target
    current.problem = ""
    current.save(update_fields=["status", "problem"])
    return current


def _judge_again(
    listed: VillageImport,
    rows: Iterable[VillageImportRow],
    touched: Iterable[str | None],
) -> None:
    """The rows, and those that mean a village they meant or mean now."""
    together = {row.pk: row for row in rows}
    codes = [code for code in touched if code]
    twins = listed.rows.filter(region__in=codes).exclude(pk__in=together)
    together |= {row.pk: row for row in twins}
    ordered = sorted(together.values(), key=lambda row: row.line)
    judge_together(ordered, listed.office)
    found = {row.region_id for row in ordered if row.region_id} - set(codes)
    if found:  # a mended name may lead to a village that another row means
        more = listed.rows.filter(region__in=found).exclude(pk__in=together)
        ordered = sorted([*ordered, *more], key=lambda row: row.line)
        judge_together(ordered, listed.office)
    VillageImportRow.objects.bulk_update(ordered, JUDGED, batch_size=500)
