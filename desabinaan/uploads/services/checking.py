"""Store on the rows of a list what checking them found."""

from collections.abc import Iterable, Sequence

from desabinaan.accounts.models import User
from desabinaan.uploads.kinds import LONG_CELL, ListKind, RowCheck, U
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.sheets.rows import LONGEST_CELL

CheckResult = UploadRow.CheckResult
CHECKED_FIELDS = (
    "subject",
    "chosen",
    "question",
    "cells",
    "above",
    "confidence",
    "candidates",
    "problems",
    "notes",
    "check_result",
    "version",
    "changed_by",
    "changed_at",
)


def check_and_store(
    kind: ListKind[U],
    upload: U,
    rows: Sequence[UploadRow],
    acting_user: User | None,
) -> None:
    """Check the rows and set the results on them; saves nothing."""
    for row, found in zip(rows, kind.check(upload, rows, acting_user), strict=True):
        _store(row, found)


def check_all(kind: ListKind[U], upload: U, acting_user: User | None) -> int:
    """Check and save all rows of the list; return how many there are."""
    rows = list(upload.rows.all())
    check_and_store(kind, upload, rows, acting_user)
    UploadRow.objects.bulk_update(rows, CHECKED_FIELDS, batch_size=500)
    return len(rows)


def check_again(
    kind: ListKind[U],
    upload: U,
    rows: Iterable[UploadRow],
    touched: Iterable[str],
    acting_user: User | None,
) -> None:
    """Check and save the rows, and all others that are about the same subjects."""
    together = {row.pk: row for row in rows}
    others = upload.rows.exclude(pk__in=together)
    subjects = {subject for subject in touched if subject}
    if not kind.checks_all_rows:
        others = others.filter(subject__in=subjects)
    together |= {row.pk: row for row in others}
    ordered = sorted(together.values(), key=lambda row: row.line)
    check_and_store(kind, upload, ordered, acting_user)
    found = {row.subject for row in ordered if row.subject} - subjects
    if found and not kind.checks_all_rows:
        # a corrected name may mean what another row is about
        more = upload.rows.filter(subject__in=found).exclude(pk__in=together)
        if further := list(more):
            ordered = sorted([*ordered, *further], key=lambda row: row.line)
            check_and_store(kind, upload, ordered, acting_user)
    UploadRow.objects.bulk_update(ordered, CHECKED_FIELDS, batch_size=500)


def _store(row: UploadRow, found: RowCheck) -> None:
    """Set the result on the row; a skipped row stays skipped."""
    long = [name for name, cell in row.cells.items() if len(cell) > LONGEST_CELL]
    problems = [*found.problems, *((LONG_CELL, {"column": one}) for one in long)]
    row.subject = found.subject
    row.question = found.question[:200]
    row.confidence = found.confidence
    row.candidates = list(found.candidates)
    row.problems = [list(one) for one in problems]
    row.notes = [list(one) for one in found.notes]
    if row.check_result == CheckResult.SKIPPED:
        return
    if problems or not found.is_sure:
        row.check_result = CheckResult.DOUBTFUL
    else:
        row.check_result = CheckResult.KNOWN if found.is_known else CheckResult.READY
