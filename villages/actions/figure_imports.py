"""Figures from a spreadsheet: kept for a look, then taken over whole or not at all."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib import jobs
from desabinaan.lib.transitions import IllegalTransition
from desabinaan.lib.workbooks import Table
from villages.actions.scoring import score_locked
from villages.models import (
    FigureImport,
    Office,
    Village,
    VulnerabilityEvent,
    VulnerabilityInput,
)
from villages.selectors.figure_imports import (
    MOST_ROWS,
    JudgedRow,
    as_typed,
    dry_run,
    keys_of,
    standing_figures,
)

TASK = "villages.apply_figures"
#: Up to so many rows somebody waits for; more are left to the worker.
AT_ONCE = 500
BATCH = 500


@transaction.atomic
def keep_figures(
    kanwil: Office, filename: str, table: Table, *, acting_user: User
) -> FigureImport:
    """The rows of the file are kept, for a look before anything happens."""
    access.require(acting_user, "vulnerability.enter", kanwil)
    rows = [as_typed(row) for row in table.rows]
    if not rows:
        raise ValidationError({"file": _("Below the headings the sheet is empty.")})
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            {
                "file": _("The sheet has more than %(most)s rows. Send it in parts.")
                % {"most": MOST_ROWS}
            }
        )
    return FigureImport.objects.create(
        office=kanwil, filename=filename[-150:], rows=rows, uploaded_by=acting_user
    )


@transaction.atomic
def take_over_figures(kept: FigureImport, *, acting_user: User) -> FigureImport:
    """All figures stand, or the worker is told to see to it; faults stop it whole."""
    current = _locked(kept.pk)
    access.require(acting_user, "vulnerability.enter", current)
    if current.status != FigureImport.Status.LOOKED_OVER:
        raise IllegalTransition(_("This spreadsheet was taken over already."))
    if not dry_run(current.rows, acting_user).is_clean:
        raise IllegalTransition(
            _("Nothing was taken over. Mend the rows below, then send the file again.")
        )
    current.status = FigureImport.Status.WAITING
    current.applied_by, current.applied_at = acting_user, timezone.now()
    current.save(update_fields=["status", "applied_by", "applied_at"])
    if len(current.rows) > AT_ONCE:
        jobs.defer(TASK, lock=f"figures-{current.pk}", kept=current.pk)
        return current
    return _apply(current)


@transaction.atomic
def apply_figures(kept_id: int) -> None:
    """The figures that wait for the worker stand, and their villages are scored."""
    current = _locked(kept_id)
    if current.status == FigureImport.Status.WAITING:
        _apply(current)


# --- Inside ------------------------------------------------------------------


def _locked(kept_id: int) -> FigureImport:
    return (
        FigureImport.objects.select_for_update(of=("self",))
        .select_related("office", "applied_by")
        .get(pk=kept_id)
    )


def _apply(kept: FigureImport) -> FigureImport:
    """Judged once more under lock: what changed since then stops it, whole."""
    user = kept.applied_by
    if user is None:
        raise ValueError("somebody takes the figures over")
    judged = dry_run(kept.rows, user)
    kept.status = FigureImport.Status.REFUSED
    if not judged.faulty:
        rows = list(judged.rows)
        kept.added = _write(kept, rows, _locked_villages(rows), user)
        kept.status = FigureImport.Status.APPLIED
    kept.save(update_fields=["status", "added"])
    return kept


def _locked_villages(rows: Sequence[JudgedRow]) -> list[Village]:
    named = {row.village.pk for row in rows if row.village}
    return list(
        Village.objects.select_for_update(of=("self",))
        .filter(pk__in=named)
        .select_related("office")
        .order_by("pk")
    )


def _write(
    kept: FigureImport,
    rows: Sequence[JudgedRow],
    villages: Sequence[Village],
    user: User,
) -> int:
    """The new figures, one event for each village, and the scores; how many came."""
    now = timezone.now()
    standing = standing_figures(rows)
    new = [key for row in rows for key in keys_of(row) if key not in standing]
    VulnerabilityInput.objects.bulk_create(
        (
            VulnerabilityInput(
                village_id=village,
                indicator=indicator,
                as_of=as_of,
                value=value,
                source=source,
                entered_by=user,
                entered_at=now,
            )
            for village, indicator, as_of, value, source in new
        ),
        batch_size=BATCH,
    )
    VulnerabilityEvent.objects.bulk_create(
        VulnerabilityEvent(
            village_id=village,
            actor=user,
            verb="import",
            note=kept.filename,
            occurred_at=now,
        )
        for village in sorted({key[0] for key in new})
    )
    for start in range(0, len(villages), BATCH):
        score_locked(villages[start : start + BATCH], user, now)
    return len(new)
