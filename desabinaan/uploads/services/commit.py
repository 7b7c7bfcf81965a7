"""Save the rows of a list: all in one transaction, or none."""

from collections.abc import Collection, Sequence
from contextlib import closing
from contextvars import Context
from datetime import tzinfo
from functools import partial
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from desabinaan.lib.text.bilingual import in_each_language
from desabinaan.lib.workflow import jobs
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.seen import refuse_unseen
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.uploads.kinds import WRITES, AnyKind, ListKind, RowCheck, U
from desabinaan.uploads.models import Upload, UploadProgress, UploadRow
from desabinaan.uploads.selectors.uploads import has_doubtful_rows
from desabinaan.uploads.services.checking import check_all
from desabinaan.uploads.services.lists import lockable, locked_upload
from desabinaan.uploads.services.repeated import refuse_repeated
from desabinaan.uploads.sheets.rows import Remark
from desabinaan.uploads.workflow import UPLOAD, UPLOAD_EVENT_LABELS

PROGRESS = (
    "UPDATE uploads_uploadprogress SET done = %s, total = %s WHERE parent_id = %s"
)
Status = Upload.Status
CheckResult = UploadRow.CheckResult
Refusal: TypeAlias = (
    ValidationError | IllegalTransition | PermissionDenied | IntegrityError
)
REFUSALS = (ValidationError, IllegalTransition, PermissionDenied, IntegrityError)
#: how many changed rows a refusal names
MOST_CHANGED = 10
NO_LONGER_ALLOWED = gettext_lazy(
    "The person who started this has no longer the right to do so."
)
CHANGED_MEANWHILE = gettext_lazy(
    "The data changed while the rows were being saved. Nothing was saved. Try again."
)


def commit_upload(
    kind: ListKind[U],
    upload: U,
    *,
    acting_user: User | None,
    seen: int | None = None,
    at_once: bool = False,
) -> bool:
    """Save the ready rows; return whether the worker does it.

    `seen` is the latest event that the page showed; ValidationError when one is newer.
    `at_once` saves them in this process, however many: for the console.
    """
    with transaction.atomic():
        current = locked_upload(kind, upload, acting_user)
        refuse_repeated(current, acting_user, Status.COMMITTING, Status.COMMITTED)
        before = current.status
        current.status = check_transition(UPLOAD, "commit", before, current).target
        refuse_unseen(current, seen, UPLOAD_EVENT_LABELS)
        count = _refuse_unready(current)
        current.problem_texts = {}
        current.save(update_fields=["status", "problem_texts"])
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
    refuse_repeated(current, acting_user, Status.COMMITTED)
    check_transition(UPLOAD, "retry", current.status, current)
    record_event(current, "retry", acting_user)
    jobs.defer(kind.task, upload=current.pk)


def run_commit(kind: ListKind[Any], pk: int) -> None:
    """Save the ready rows, or record on the list why none of them was saved.

    Safe to run twice: a second run after a successful one changes nothing.
    """
    if (refusal := _refusal_of(kind, pk)) is not None:
        texts = _texts_of(refusal, kind, pk)
        checks_again = isinstance(refusal, ValidationError | IntegrityError)
        _fail(kind, pk, texts, checks_again=checks_again)


def refuse_other_writes(
    kind: AnyKind, rows: Sequence[UploadRow], checks: Sequence[RowCheck]
) -> None:
    """Refuse all if a row, checked again, would write what the page did not show.

    What need not be written any more, since somebody else wrote it, refuses nothing,
    unless the kind of list says so: the rows keep what this last check found of them.
    """
    changed = []
    for row, found in zip(rows, checks, strict=True):
        if found.is_known and kind.refuses_known:
            changed.append((row.line, found.notes))
        elif found.problems or not found.is_sure or found.subject != row.subject:
            changed.append((row.line, found.problems))
        elif other := [one for one in found.notes if _is_unseen(kind, row, one)]:
            changed.append((row.line, other))
    if changed:
        raise ValidationError(
            gettext_lazy(
                "The data has changed since this list was checked. Nothing was saved. "
                "Look at these rows again, then save: %(lines)s"
            ),
            "changed",
            {"lines": lazy(lambda: _lines_in_words(kind, changed), str)()},
        )
    for row, found in zip(rows, checks, strict=True):
        row.notes = [list(one) for one in found.notes]
        if found.is_known:
            row.check_result = CheckResult.KNOWN


# --- Inside ------------------------------------------------------------------


def _lines_in_words(
    kind: AnyKind, changed: Sequence[tuple[int, Collection[Remark]]]
) -> str:
    """Return each line with what is different now, the first ones of many."""
    lines = []
    for line, reasons in changed[:MOST_CHANGED]:
        words = _("line %(line)s") % {"line": line}
        what = " ".join(kind.in_words(reasons))
        lines.append(f"{words}: {what}" if what else words)
    more = ["…"] if len(changed) > MOST_CHANGED else []
    return "; ".join([*lines, *more])


def _is_unseen(kind: AnyKind, row: UploadRow, note: Remark) -> bool:
    was_to_be_seen = note[0].startswith(WRITES) or note[0] in kind.seen_before_saving
    return was_to_be_seen and list(note) not in row.notes


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
    """Lock and return the list if it still waits to be saved.

    Waits for whoever holds it: somebody who pressed the button twice lets go at once,
    and after another run there is nothing left to save.
    """
    upload = lockable(kind).filter(pk=pk).first()
    waits = upload is not None and upload.status == Status.COMMITTING
    return upload if waits else None


def _commit_rows(kind: ListKind[U], upload: U) -> None:
    acting_user = _committer(upload)
    kind.require(acting_user, upload)
    rows = list(upload.rows.filter(check_result=CheckResult.READY))
    shown = [(row.check_result, row.notes) for row in rows]
    for done in kind.write(upload, rows, acting_user):
        _store_progress(upload.pk, done, len(rows))
    different = [
        row
        for row, before in zip(rows, shown, strict=True)
        if (row.check_result, row.notes) != before
    ]
    UploadRow.objects.bulk_update(different, ["notes", "check_result"], batch_size=500)
    before = upload.status
    upload.status = UPLOAD["finish"].target
    upload.save(update_fields=["status"])
    count = str(len(rows))
    record_event(upload, "finish", acting_user, from_status=before, note=count)


def _committer(upload: Upload) -> User | None:
    event = upload.events.filter(verb="commit").select_related("actor").first()
    return event.actor if event else None


def _store_progress(pk: int, done: int, total: int) -> None:
    """Write the progress over a second connection, so that it is visible at once."""
    connection = connections[DEFAULT_DB_ALIAS].copy()
    with closing(connection) as second, second.cursor() as cursor:
        cursor.execute(PROGRESS, [done, total, pk])


def _refusal_of(
    kind: ListKind[Any], pk: int, *, is_undone: bool = False
) -> Refusal | None:
    """Save the rows and return None, or return why none of them was saved."""
    try:
        with transaction.atomic():
            if upload := _locked_waiting(kind, pk):
                _commit_rows(kind, upload)
            if is_undone:
                transaction.set_rollback(True)
    except REFUSALS as refusal:
        return refusal
    return None


def _texts_of(refusal: Refusal, kind: ListKind[Any], pk: int) -> dict[str, str]:
    """Return language -> why nothing was saved.

    Many services word a refusal at once, in the language of whoever runs them: they
    are run again in each other one, with nothing remembered from the first time, and
    all that they write then is undone.
    """
    texts = in_each_language(partial(_message_of, refusal))
    if len(set(texts.values())) > 1:
        return texts
    for language in texts.keys() - {translation.get_language()}:
        again = Context().run(
            _refusal_in, language, timezone.get_current_timezone(), kind, pk
        )
        texts[language] = _message_of(again or refusal)
    return texts


def _refusal_in(
    language: str, zone: tzinfo, kind: ListKind[Any], pk: int
) -> Refusal | None:
    """Return why the rows cannot be saved, worded in this language; save nothing."""
    with translation.override(language), timezone.override(zone):
        return _refusal_of(kind, pk, is_undone=True)


def _message_of(refusal: Refusal) -> str:
    if isinstance(refusal, PermissionDenied):
        return str(NO_LONGER_ALLOWED)
    if isinstance(refusal, IntegrityError):
        return str(CHANGED_MEANWHILE)
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)


@transaction.atomic
def _fail(
    kind: ListKind[Any],
    pk: int,
    problem_texts: dict[str, str],
    *,
    checks_again: bool = False,
) -> None:
    """Record why nothing was saved; with `checks_again` the rows show it, too."""
    upload = _locked_waiting(kind, pk)
    if upload is None:
        return
    before = upload.status
    upload.status = UPLOAD["fail"].target
    upload.problem_texts = problem_texts
    upload.save(update_fields=["status", "problem_texts"])
    acting_user = _committer(upload)
    record_event(upload, "fail", acting_user, from_status=before, note=upload.problem)
    if checks_again:
        check_all(kind, upload, acting_user)
