"""The rows go into the register: all of them in one transaction, or none."""

from collections.abc import Sequence
from contextlib import closing

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib import jobs
from desabinaan.lib.transitions import IllegalTransition, step
from villages.actions.importing.keeping import locked, record, require_import
from villages.actions.importing.writing import write_rows
from villages.models import VillageImport, VillageImportProgress, VillageImportRow
from villages.selectors.importing.judging import Judgement, judgements
from villages.selectors.importing.words import in_words
from villages.workflow import VILLAGE_IMPORT

#: up to so many rows the page itself writes them; more are the worker's
AT_ONCE = 500
TASK = "villages.take_over_import"
PROGRESS = (
    "UPDATE villages_villageimportprogress SET done = %s, total = %s "
    "WHERE parent_id = %s"
)
Verdict = VillageImportRow.Verdict


def apply_import(
    listed: VillageImport, *, acting_user: User | None, here: bool = False
) -> bool:
    """The rows that are ready go into the register; True when the worker does it.

    `here` writes them at once, however many: the console waits.
    """
    with transaction.atomic():
        current = locked(listed)
        require_import(acting_user, current.office)
        before = current.status
        current.status = step(VILLAGE_IMPORT, "apply", before).target
        count = _refuse_unready(current)
        current.problem = ""
        current.save(update_fields=["status", "problem"])
        VillageImportProgress.objects.filter(parent=current).update(done=0, total=count)
        record(current, "apply", acting_user, from_status=before)
        by_worker = count > AT_ONCE and not here
        if by_worker:
            jobs.defer(TASK, listed=current.pk)
    if not by_worker:
        take_over(current.pk)
    return by_worker


@transaction.atomic
def begin_again(listed: VillageImport, *, acting_user: User) -> None:
    """The worker is asked once more, should it have died; it never does it twice."""
    current = locked_unless_running(listed.pk)
    if current is None:
        raise IllegalTransition(_("The worker is writing the rows just now."))
    require_import(acting_user, current.office)
    step(VILLAGE_IMPORT, "retry", current.status)
    record(current, "retry", acting_user)
    jobs.defer(TASK, listed=current.pk)


def take_over(pk: int) -> None:
    """The ready rows stand in the register, or the import says why none of them does.

    A second worker, or a second try after the first came through, changes nothing.
    """
    try:
        with transaction.atomic():
            if current := _waiting(pk):
                _take_over(current)
    except ValidationError as refusal:
        _fail(pk, " ".join(refusal.messages))
    except IllegalTransition as too_late:
        _fail(pk, str(too_late))
    except PermissionDenied:
        _fail(pk, _("Whoever took the list over may no longer do so."))
    except IntegrityError:
        _fail(
            pk,
            _(
                "The register changed while the rows were written. "
                "Nothing was taken over. Try again."
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
    """How many rows are ready; IllegalTransition while some are in doubt."""
    if listed.rows.filter(verdict=Verdict.DOUBTFUL).exists():
        raise IllegalTransition(
            _("Some rows are still in doubt. Mend them, or leave them out.")
        )
    count = listed.rows.filter(verdict=Verdict.READY).count()
    if not count:
        raise IllegalTransition(_("There is no row to take over."))
    return count


def _waiting(pk: int) -> VillageImport | None:
    """The list, locked, while it waits to be written and nobody is writing it."""
    listed = locked_unless_running(pk)
    waits = listed and listed.status == VillageImport.Status.APPLYING
    return listed if waits else None


def _take_over(listed: VillageImport) -> None:
    acting_user = _who_applied(listed)
    rows = list(listed.rows.filter(verdict=Verdict.READY))
    told = judgements(rows, listed.office)
    _refuse_changed(rows, told)
    done = 0
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        write_rows(listed, rows[part], told[part], acting_user)
        done += len(rows[part])
        _tell_progress(listed.pk, done, len(rows))
    before = listed.status
    listed.status = VILLAGE_IMPORT["finish"].target
    listed.save(update_fields=["status"])
    note = _("%(count)s rows") % {"count": len(rows)}
    record(listed, "finish", acting_user, from_status=before, note=note)


def _who_applied(listed: VillageImport) -> User | None:
    event = listed.events.filter(verb="apply").select_related("actor").first()
    return event.actor if event else None


def _refuse_changed(
    rows: Sequence[VillageImportRow], told: Sequence[Judgement]
) -> None:
    """What was sure at the preview must be sure now: the register may have moved on."""
    for row, judgement in zip(rows, told, strict=True):
        same = judgement.match.place and judgement.match.place.code == row.region_id
        if not judgement.is_ready or not same:
            reasons = " ".join(in_words(judgement.problems)) or _("It changed since.")
            raise ValidationError(
                _("Line %(line)s: %(reasons)s Nothing was taken over.")
                % {"line": row.line, "reasons": reasons}
            )


def _tell_progress(pk: int, done: int, total: int) -> None:
    """Seen at once, though the rows themselves are seen only when all are written."""
    second = connections[DEFAULT_DB_ALIAS].copy()
    with closing(second) as beside, beside.cursor() as cursor:
        cursor.execute(PROGRESS, [done, total, pk])


@transaction.atomic
def _fail(pk: int, problem: str) -> None:
    listed = _waiting(pk)
    if listed is None:
        return
    before = listed.status
    listed.status = VILLAGE_IMPORT["fail"].target
    listed.problem = problem
    listed.save(update_fields=["status", "problem"])
    record(listed, "fail", _who_applied(listed), from_status=before, note=problem)
