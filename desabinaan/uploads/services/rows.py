"""Edit, skip and restore rows of a list, and answer what they ask."""

from collections.abc import Collection, Mapping

from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.seen import refuse_unseen
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.lib.workflow.versions import check_version, next_version, write_to_all
from desabinaan.uploads.kinds import ListKind, RowAnswer, U
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.selectors.uploads import rows_alike
from desabinaan.uploads.services.checking import check_again
from desabinaan.uploads.services.lists import locked_upload
from desabinaan.uploads.workflow import UPLOAD, UPLOAD_EVENT_LABELS

CheckResult = UploadRow.CheckResult


@transaction.atomic
def edit_row(
    kind: ListKind[U],
    upload: U,
    row: UploadRow,
    answer: RowAnswer,
    *,
    acting_user: User,
) -> UploadRow:
    """Replace the cells of the row and the chosen candidate, and check it again."""
    locked = _locked_for_editing(kind, upload, acting_user)
    current = locked.rows.get(pk=row.pk)
    check_version(current, answer.version)
    next_version(current, acting_user)
    touched = {current.subject, answer.chosen}
    alike = list(rows_alike(current)) if answer.for_alike else []
    current.cells = {name: cell for name, cell in answer.cells.items() if cell}
    current.above = {
        name: cell for name, cell in current.above.items() if name not in current.cells
    }
    current.chosen = answer.chosen
    current.check_result = CheckResult.DOUBTFUL
    said = {name: answer.cells.get(name, "") for name in kind.asked_about}
    for other in alike:
        cells = {**other.cells, **said}
        other.cells = {name: cell for name, cell in cells.items() if cell}
        other.chosen = answer.chosen
        next_version(other, acting_user)
    rows = [current, *alike]
    check_again(kind, locked, rows, touched, acting_user)
    lines = ", ".join(str(one.line) for one in rows)
    record_event(locked, "edit", acting_user, note=lines)
    return current


@transaction.atomic
def choose(
    kind: ListKind[U],
    upload: U,
    chosen: Mapping[int, str],
    skipped: Collection[int] = (),
    *,
    acting_user: User,
    versions: Mapping[int, int] | None = None,
) -> set[int]:
    """Set the chosen candidates (row id -> candidate) and skip rows; return their ids.

    Rows with the same question get the same answer. Rows that are no longer in doubt,
    because somebody else decided them, stay. So do those whose version is not the one
    in `versions`, which the page showed.
    """
    current = _locked_for_editing(kind, upload, acting_user)
    answered = {*chosen, *skipped}
    doubtful = current.rows.filter(check_result=CheckResult.DOUBTFUL)
    asked = [
        row
        for row in doubtful.filter(pk__in=answered)
        if versions is None or versions.get(row.pk) == row.version
    ]
    if not asked:
        return set()
    answers = {row.question: chosen[row.pk] for row in asked if row.pk in chosen}
    answers.pop("", None)
    alike = doubtful.filter(question__in=answers).exclude(pk__in=answered)
    rows = [*asked, *alike]
    touched = {row.subject for row in rows}
    for row in rows:
        row.chosen = chosen.get(row.pk) or answers.get(row.question, row.chosen)
        row.check_result = (
            CheckResult.SKIPPED if row.pk in skipped else CheckResult.DOUBTFUL
        )
        next_version(row, acting_user)
    check_again(kind, current, rows, touched | set(chosen.values()), acting_user)
    lines = ", ".join(str(row.line) for row in rows)
    record_event(current, "choose", acting_user, note=lines)
    return {row.pk for row in asked}


@transaction.atomic
def skip_row(
    kind: ListKind[U],
    upload: U,
    row: UploadRow,
    *,
    acting_user: User,
    version: int | None = None,
) -> UploadRow:
    """Skip the row; another row for the same subject may then become ready.

    `version` is that of the row on its page; StaleEdit if it was changed since.
    """
    return _set_result(
        kind, upload, row, CheckResult.SKIPPED, "skip", acting_user, version
    )


@transaction.atomic
def restore_row(
    kind: ListKind[U], upload: U, row: UploadRow, *, acting_user: User
) -> UploadRow:
    """Check a skipped row again like the others."""
    return _set_result(kind, upload, row, CheckResult.DOUBTFUL, "restore", acting_user)


@transaction.atomic
def skip_doubtful_rows(
    kind: ListKind[U],
    upload: U,
    *,
    acting_user: User | None,
    seen: int | None = None,
) -> int:
    """Skip every row that is still in doubt; return how many.

    `seen` is the latest event that the page showed; ValidationError when one is newer,
    unless no row is in doubt any more.
    """
    current = _locked_for_editing(kind, upload, acting_user)
    doubtful = current.rows.filter(check_result=CheckResult.DOUBTFUL)
    if not doubtful.exists():
        return 0
    refuse_unseen(current, seen, UPLOAD_EVENT_LABELS)
    count = write_to_all(doubtful, acting_user, check_result=CheckResult.SKIPPED)
    record_event(current, "skip_rest", acting_user, note=str(count))
    return count


# --- Inside ------------------------------------------------------------------


def _locked_for_editing(kind: ListKind[U], upload: U, acting_user: User | None) -> U:
    """Lock the list, check that rows may be edited, and clear its last problem."""
    current = locked_upload(kind, upload, acting_user)
    current.status = check_transition(UPLOAD, "edit", current.status, current).target
    current.problem_texts = {}
    current.save(update_fields=["status", "problem_texts"])
    return current


def _set_result(
    kind: ListKind[U],
    upload: U,
    row: UploadRow,
    check_result: str,
    verb: str,
    acting_user: User,
    version: int | None = None,
) -> UploadRow:
    locked = _locked_for_editing(kind, upload, acting_user)
    current = locked.rows.get(pk=row.pk)
    if current.check_result == check_result == CheckResult.SKIPPED:
        return current
    if version is not None:
        check_version(current, version)
    current.check_result = check_result
    next_version(current, acting_user)
    check_again(kind, locked, [current], {current.subject}, acting_user)
    record_event(locked, verb, acting_user, note=str(current.line))
    return current
