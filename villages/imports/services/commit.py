"""Save the rows of an import in the register: all in one transaction, or none."""

from collections.abc import Sequence
from contextlib import closing

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow import jobs
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from villages.imports.messages import in_words
from villages.imports.models import (
    VillageImport,
    VillageImportProgress,
    VillageImportRow,
)
from villages.imports.selectors.checking import RowResult, check_rows
from villages.imports.services.lists import locked, require_import
from villages.imports.services.writing import write_rows
from villages.imports.workflow import VILLAGE_IMPORT

#: Larger imports are saved by the worker, smaller ones within the request.
AT_ONCE = 500

TASK = "imports.commit_import_rows"

PROGRESS = (
    "UPDATE imports_villageimportprogress SET done = %s, total = %s "
    "WHERE parent_id = %s"
)
CheckResult = VillageImportRow.CheckResult


def commit_import(
    listed: VillageImport, *, acting_user: User | None, at_once: bool = False
) -> bool:
    """Save the ready rows in the register; return whether the worker does it.

    `at_once` saves them in this process, however many: for the console.
    """
    with transaction.atomic():
        current = locked(listed)
        require_import(acting_user, current.office)
        before = current.status
        current.status = check_transition(VILLAGE_IMPORT, "commit", before).target
        count = _refuse_unready(current)
        current.problem = ""
        current.save(update_fields=["status", "problem"])
        VillageImportProgress.objects.filter(parent=current).update(done=0, total=count)
        record_event(current, "commit", acting_user, from_status=before)
        by_worker = count > AT_ONCE and not at_once
        if by_worker:
            jobs.defer(TASK, listed=current.pk)
    if not by_worker:
        run_commit(current.pk)
    return by_worker


@transaction.atomic
def restart_import(listed: VillageImport, *, acting_user: User) -> None:
    """Queue the worker again, in case it died; rows are never saved twice."""
    current = locked_unless_running(listed.pk)
    if current is None:
        raise IllegalTransition(_("The rows are being saved right now."))
    require_import(acting_user, current.office)
    check_transition(VILLAGE_IMPORT, "retry", current.status)
    record_event(current, "retry", acting_user)
    jobs.defer(TASK, listed=current.pk)


def run_commit(pk: int) -> None:
    """Save the ready rows, or record on the import why none of them was saved.

    Safe to run twice: a second run after a successful one changes nothing.
    """
    try:
        with transaction.atomic():
            if current := _locked_waiting_import(pk):
                _commit_rows(current)
    except ValidationError as refusal:
        _fail(pk, " ".join(refusal.messages))
    except IllegalTransition as too_late:
        _fail(pk, str(too_late))
    except PermissionDenied:
        _fail(
            pk,
            _("The person who started this import no longer has the right to do so."),
        )
    except IntegrityError:
        _fail(
            pk,
            _(
                "The register changed while the rows were being saved. Nothing was "
                "saved. Try again."
            ),
        )


def locked_unless_running(pk: int) -> VillageImport | None:
    return (
        VillageImport.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("office")
        .filter(pk=pk)
        .first()
    )


# --- Inside ------------------------------------------------------------------


def _refuse_unready(listed: VillageImport) -> int:
    """Return the number of ready rows; IllegalTransition while any is in doubt."""
    if listed.rows.filter(check_result=CheckResult.DOUBTFUL).exists():
        raise IllegalTransition(
            _("Some rows are still in doubt. Correct or skip them.")
        )
    count = listed.rows.filter(check_result=CheckResult.READY).count()
    if not count:
        raise IllegalTransition(_("There is no row to save."))
    return count


def _locked_waiting_import(pk: int) -> VillageImport | None:
    """Lock and return the import if it waits to be saved and no worker runs on it."""
    listed = locked_unless_running(pk)
    waits = listed and listed.status == VillageImport.Status.COMMITTING
    return listed if waits else None


def _commit_rows(listed: VillageImport) -> None:
    acting_user = _committer(listed)
    rows = list(listed.rows.filter(check_result=CheckResult.READY))
    results = check_rows(rows, listed)
    _refuse_changed(rows, results)
    done = 0
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        write_rows(listed, rows[part], results[part], acting_user)
        done += len(rows[part])
        _store_progress(listed.pk, done, len(rows))
    before = listed.status
    listed.status = VILLAGE_IMPORT["finish"].target
    listed.save(update_fields=["status"])
    note = _("%(count)s rows") % {"count": len(rows)}
    record_event(listed, "finish", acting_user, from_status=before, note=note)


def _committer(listed: VillageImport) -> User | None:
    event = listed.events.filter(verb="commit").select_related("actor").first()
    return event.actor if event else None


def _refuse_changed(
    rows: Sequence[VillageImportRow], results: Sequence[RowResult]
) -> None:
    """Check the rows again: the register may have changed since the preview."""
    for row, result in zip(rows, results, strict=True):
        same = result.match.place and result.match.place.code == row.region_id
        if not result.is_ready or not same:
            reasons = " ".join(in_words(result.problems)) or _(
                "The register has changed since the preview."
            )
            raise ValidationError(
                _("Line %(line)s: %(reasons)s Nothing was saved.")
                % {"line": row.line, "reasons": reasons}
            )


def _store_progress(pk: int, done: int, total: int) -> None:
    """Write the progress over a second connection, so that it is visible at once."""
    connection = connections[DEFAULT_DB_ALIAS].copy()
    with closing(connection) as second, second.cursor() as cursor:
        cursor.execute(PROGRESS, [done, total, pk])


@transaction.atomic
def _fail(pk: int, problem: str) -> None:
    listed = _locked_waiting_import(pk)
    if listed is None:
        return
    before = listed.status
    listed.status = VILLAGE_IMPORT["fail"].target
    listed.problem = problem
    listed.save(update_fields=["status", "problem"])
    record_event(listed, "fail", _committer(listed), from_status=before, note=problem)
