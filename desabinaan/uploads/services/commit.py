"""Save the rows of a list: all in one transaction, or none."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow import jobs
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.uploads.kinds import WRITES, ListKind, U
from desabinaan.uploads.models import Upload, UploadProgress, UploadRow
from desabinaan.uploads.selectors.uploads import has_doubtful_rows
from desabinaan.uploads.services.checking import check_all
from desabinaan.uploads.services.lists import lockable, locked_upload
from desabinaan.uploads.sheets.rows import Remark
from desabinaan.uploads.workflow import UPLOAD

PROGRESS = (
    "UPDATE uploads_uploadprogress SET done = %s, total = %s WHERE parent_id = %s"
)
CheckResult = UploadRow.CheckResult


def commit_upload(
    kind: ListKind[U], upload: U, *, acting_user: User | None, at_once: bool = False
) -> bool:
    """Save the ready rows; return whether the worker does it.

    `at_once` saves them in this process, however many: for the console.
    """
    with transaction.atomic():
        current = locked_upload(kind, upload, acting_user)
        before = current.status
        current.status = check_transition(UPLOAD, "commit", before, current).target
        count = _refuse_unready(current)
        current.problem = ""
        current.save(update_fields=["status", "problem"])
        UploadProgress.objects.filter(parent=current).update(done=0, total=count)
        record_event(current, "commit", acting_user, from_status=before)
        by_worker = count > kind.at_once and not at_once
        if by_worker:
            jobs.defer(kind.task, upload=current.pk)
    if not by_worker:
        run_commit(kind, current.pk)
    return by_worker


@transaction.atomic
def restart_commit(kind: ListKind[U], upload: U, *, acting_user: User) -> None:
    """Queue the worker again, in case it died; rows are never saved twice."""
    current = lockable(kind, skip_locked=True).filter(pk=upload.pk).first()
    if current is None:
        raise IllegalTransition(_("The rows are being saved right now."))
    kind.require(acting_user, current)
    check_transition(UPLOAD, "retry", current.status, current)
    record_event(current, "retry", acting_user)
    jobs.defer(kind.task, upload=current.pk)


def run_commit(kind: ListKind[Any], pk: int) -> None:
    """Save the ready rows, or record on the list why none of them was saved.

    Safe to run twice: a second run after a successful one changes nothing.
    """
    try:
        with transaction.atomic():
            if upload := _locked_waiting(kind, pk):
                _commit_rows(kind, upload)
    except ValidationError as refusal:
        _fail(kind, pk, " ".join(refusal.messages), checks_again=True)
    except IllegalTransition as too_late:
        _fail(kind, pk, str(too_late))
    except PermissionDenied:
        text = _("The person who started this has no longer the right to do so.")
        _fail(kind, pk, text)
    except IntegrityError:
        text = _(
            "The data changed while the rows were being saved. Nothing was saved. Try "
            "again."
        )
        _fail(kind, pk, text, checks_again=True)


def refuse_changed(row: UploadRow, reasons: str) -> None:
    """ValidationError that names the row: checked again, it is not ready any more."""
    raise ValidationError(
        _("Line %(line)s: %(reasons)s Nothing was saved.")
        % {
            "line": row.line,
            "reasons": reasons or _("The data has changed since the preview."),
        }
    )


def refuse_other_writes(
    row: UploadRow,
    notes: Iterable[Remark],
    sentence: Callable[[str, Mapping[str, Any]], str],
) -> None:
    """Refuse all when the row, checked again, would write what the page did not show.

    `sentence` makes texts of notes. That something need not be written any more, since
    somebody else wrote it, refuses nothing.
    """
    other = [
        one for one in notes if one[0].startswith(WRITES) and list(one) not in row.notes
    ]
    if other:
        refuse_changed(row, " · ".join(sentence(*one) for one in other))


# --- Inside ------------------------------------------------------------------


def _refuse_unready(upload: Upload) -> int:
    """Return the number of ready rows; IllegalTransition while any is in doubt."""
    if has_doubtful_rows(upload):
        raise IllegalTransition(
            _("Some rows are still in doubt. Correct or skip them.")
        )
    count = upload.rows.filter(check_result=CheckResult.READY).count()
    if not count:
        raise IllegalTransition(_("There is no row to save."))
    return count


def _locked_waiting(kind: ListKind[U], pk: int) -> U | None:
    """Lock and return the list if it waits to be saved and no worker runs on it."""
    upload = lockable(kind, skip_locked=True).filter(pk=pk).first()
    waits = upload is not None and upload.status == Upload.Status.COMMITTING
    return upload if waits else None


def _commit_rows(kind: ListKind[U], upload: U) -> None:
    acting_user = _committer(upload)
    kind.require(acting_user, upload)
    rows = list(upload.rows.filter(check_result=CheckResult.READY))
    for done in kind.write(upload, rows, acting_user):
        _store_progress(upload.pk, done, len(rows))
    before = upload.status
    upload.status = UPLOAD["finish"].target
    upload.save(update_fields=["status"])
    note = _("%(count)s rows") % {"count": len(rows)}
    record_event(upload, "finish", acting_user, from_status=before, note=note)


def _committer(upload: Upload) -> User | None:
    event = upload.events.filter(verb="commit").select_related("actor").first()
    return event.actor if event else None


def _store_progress(pk: int, done: int, total: int) -> None:
    """Write the progress over a second connection, so that it is visible at once."""
    connection = connections[DEFAULT_DB_ALIAS].copy()
    with closing(connection) as second, second.cursor() as cursor:
        cursor.execute(PROGRESS, [done, total, pk])


@transaction.atomic
def _fail(
    kind: ListKind[Any], pk: int, problem: str, *, checks_again: bool = False
) -> None:
    """Record why nothing was saved; with `checks_again` the rows show it, too."""
    upload = _locked_waiting(kind, pk)
    if upload is None:
        return
    before = upload.status
    upload.status = UPLOAD["fail"].target
    upload.problem = problem
    upload.save(update_fields=["status", "problem"])
    acting_user = _committer(upload)
    record_event(upload, "fail", acting_user, from_status=before, note=problem)
    if checks_again:
        check_all(kind, upload, acting_user)
