"""Scores: of one village at once, of all villages of a Kanwil by the worker."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib import jobs
from desabinaan.lib.transitions import IllegalTransition
from villages.models import (
    Indicator,
    Office,
    OutreachVillage,
    ScoringRun,
    Village,
    VulnerabilityInput,
    VulnerabilityModel,
    VulnerabilityScore,
)
from villages.scoring import Scale, months_between, quarter_of, reckon
from villages.selectors.vulnerability import (
    Readings,
    bounds_of,
    model_for,
    readings_at,
    scales_of,
    stored,
)
from villages.selectors.vulnerability_words import RECKONED

TASK = "villages.score_villages"
BATCH = 200
#: A run that has not moved for so long lost its worker and may be taken up again.
STILL = timedelta(minutes=10)
SAID = ("model_id", "period", "value", "at_most", "confidence", "band", "contributions")


@transaction.atomic
def start_scoring(
    office: Office, *, acting_user: User, occurred_at: datetime | None = None
) -> ScoringRun:
    """The worker scores all villages of this Kanwil anew; a lost run goes on."""
    kanwil = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    access.require(acting_user, "vulnerability.weigh", kanwil)
    if model_for(kanwil) is None:
        raise IllegalTransition(_("No model is in force. Put one in force first."))
    run = ScoringRun.objects.filter(office=kanwil, finished_at=None).first()
    if run is not None and timezone.now() - run.moved_at < STILL:
        raise IllegalTransition(
            _("The scores are being made anew already. Look again in a moment.")
        )
    return begin_run(kanwil, run, acting_user)


def begin_run(
    kanwil: Office,
    run: ScoringRun | None,
    acting_user: User | None,
    *,
    from_start: bool = False,
) -> ScoringRun:
    """A run stands and its job is queued; for callers who hold the office's lock."""
    now = timezone.now()
    if run is None:
        run = ScoringRun.objects.create(
            office=kanwil,
            total=_villages_under(kanwil).count(),
            started_by=acting_user,
            started_at=now,
            moved_at=now,
        )
    else:
        run.moved_at = now
        if from_start:
            run.done = run.reached = 0
        run.save(update_fields=["moved_at", "done", "reached"])
    jobs.defer(TASK, lock=f"scoring-{run.pk}", run=run.pk)
    return run


def carry_on_scoring(run_id: int) -> None:
    """Every village of the run is scored; each batch is kept before the next begins."""
    while score_batch(run_id):
        pass


@transaction.atomic
def score_batch(run_id: int) -> bool:
    """The next villages of the run are scored; False when none is left."""
    run = (
        ScoringRun.objects.select_for_update(of=("self",))
        .select_related("office")
        .filter(pk=run_id, finished_at=None)
        .first()
    )
    if run is None:
        return False
    villages = list(
        _villages_under(run.office)
        .filter(pk__gt=run.reached)
        .select_for_update(of=("self",))
        .select_related("office")
        .order_by("pk")[:BATCH]
    )
    now = timezone.now()
    score_locked(villages, None, now)
    run.moved_at = now
    run.done += len(villages)
    if villages:
        run.reached = villages[-1].pk
    else:
        run.total, run.finished_at = run.done, now
    run.save(update_fields=["moved_at", "done", "reached", "total", "finished_at"])
    return bool(villages)


def score_locked(
    villages: Sequence[Village], acting_user: User | None, when: datetime
) -> list[VulnerabilityScore]:
    """New scores where something differs; for callers who hold the villages' locks.

    All villages lie under one Kanwil. Without a model in force nothing is scored.
    """
    model = model_for(villages[0].office) if villages else None
    if model is None:
        return []
    ids = [village.pk for village in villages]
    _note_activities(ids, when)
    readings, scales = readings_at(ids, when), scales_of(model)
    latest = {
        score.village_id: score
        for score in VulnerabilityScore.objects.filter(village__in=ids, is_latest=True)
    }
    made = [
        score
        for village in villages
        if _differs(
            score := _score(village, model, scales, readings.get(village.pk, {}), when),
            latest.get(village.pk),
        )
    ]
    earlier = [latest[one.village_id].pk for one in made if one.village_id in latest]
    VulnerabilityScore.objects.filter(pk__in=earlier).update(is_latest=False)
    for score in made:
        score.computed_by = acting_user
    return VulnerabilityScore.objects.bulk_create(made)


# --- Inside ------------------------------------------------------------------


def _note_activities(villages: Sequence[int], when: datetime) -> None:
    """How long ago the office was last there stands as a figure, where that changed."""
    on = timezone.localdate(when)
    last = (
        OutreachVillage.objects.filter(village__in=villages, held_on__lte=on)
        .values("village")
        .annotate(day=Max("held_on"))
        .values_list("village", "day")
    )
    known = readings_at(villages, when)
    VulnerabilityInput.objects.bulk_create(
        VulnerabilityInput(
            village_id=village,
            indicator=Indicator.INACTIVITY,
            value=months,
            as_of=on,
            source=RECKONED,
            entered_at=when,
        )
        for village, day in last
        if _is_new(months := Decimal(months_between(day, on)), known.get(village, {}))
    )


def _is_new(months: Decimal, known: Readings) -> bool:
    standing = known.get(Indicator.INACTIVITY)
    return standing is None or standing.value != months


def _villages_under(kanwil: Office) -> QuerySet[Village]:
    return Village.objects.filter(Q(office=kanwil) | Q(office__parent=kanwil))


def _score(
    village: Village,
    model: VulnerabilityModel,
    scales: Sequence[Scale],
    readings: Readings,
    when: datetime,
) -> VulnerabilityScore:
    on = timezone.localdate(when)
    found = reckon(scales, bounds_of(model), readings, on)
    return VulnerabilityScore(
        village=village,
        model=model,
        period=quarter_of(on),
        reckoned_on=on,
        value=found.value,
        at_most=found.at_most,
        confidence=found.confidence,
        band=found.band,
        contributions=stored(found.parts),
        computed_at=when,
    )


def _differs(new: VulnerabilityScore, old: VulnerabilityScore | None) -> bool:
    return old is None or any(getattr(new, name) != getattr(old, name) for name in SAID)
