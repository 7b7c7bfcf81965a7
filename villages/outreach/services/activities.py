"""Plan, record, correct and cancel activities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import CleanFile, stored_together
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import check_transition
from villages.outreach.models import FIGURES, OutreachActivity, OutreachVillage
from villages.outreach.services.activity_checks import (
    refuse_fewer_than_answers,
    refuse_future,
    refuse_sums,
)
from villages.outreach.services.locking import (
    locked,
    refuse_cancelled,
    refuse_stale,
)
from villages.outreach.services.photos import Photo, store_photos
from villages.outreach.workflow import OUTREACH
from villages.register.models import Village

PLAN = (
    "kind",
    "pillar",
    "starts_at",
    "venue",
    "expected",
    "resource_persons",
    "material",
)


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """A plan with its villages and staff; `facts` holds some of PLAN."""

    facts: Mapping[str, Any]
    villages: Sequence[Village]
    officers: Sequence[User]
    material_file: CleanFile | None = None


@dataclass(frozen=True, slots=True)
class ActivityOutcome:
    """The outcome of an activity; `facts` holds some of FIGURES."""

    facts: Mapping[str, Any]
    photos: Sequence[Photo] = field(default_factory=tuple)


def plan_activity(
    plan: ActivityPlan,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> OutreachActivity:
    """Save a planned activity."""
    return _create(plan, None, acting_user, occurred_at)


def record_visit(
    plan: ActivityPlan,
    outcome: ActivityOutcome,
    *,
    acting_user: User,
) -> OutreachActivity:
    """Save an activity that was held without a plan, with its photos."""
    return _create(plan, outcome, acting_user, plan.facts["starts_at"])


def edit_activity(
    activity: OutreachActivity, plan: ActivityPlan, *, version: int, acting_user: User
) -> OutreachActivity:
    """Change a plan; StaleEdit when it changed after it was opened."""
    with stored_together() as files:
        current = locked(activity)
        access.require(acting_user, "outreach.change", current)
        refuse_cancelled(current)
        refuse_stale(current, version)
        _office_of(plan.villages, acting_user)
        if current.status == OutreachActivity.Status.DONE:
            refuse_future(plan.facts["starts_at"])
        changed = _set(current, plan.facts, PLAN)
        if plan.material_file:
            changed += _put_material(current, plan.material_file)
            files.append(current.material_file)
        current.version += 1
        current.save(update_fields=[*changed, "version"])
        _set_villages_and_officers(current, plan)
        record_event(current, "edit", acting_user)
    return current


@transaction.atomic
def record_outcome(
    activity: OutreachActivity,
    outcome: ActivityOutcome,
    *,
    version: int,
    acting_user: User,
    verb: str = "record",
) -> OutreachActivity:
    """Record the outcome of an activity, or correct it with verb "correct"."""
    current = locked(activity)
    access.require(acting_user, OUTREACH[verb].capability, current)
    check_transition(OUTREACH, verb, current.status, current)
    refuse_stale(current, version)
    _write_outcome(current, outcome, acting_user, verb)
    return current


@transaction.atomic
def cancel_activity(
    activity: OutreachActivity,
    reason: str,
    *,
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> OutreachActivity:
    """Cancel an activity with a reason.

    `version` is that of the plan that was shown; StaleEdit when it changed since.
    """
    current = locked(activity)
    access.require(acting_user, OUTREACH["cancel"].capability, current)
    before = current.status
    current.status = check_transition(OUTREACH, "cancel", before, current).target
    if version is not None:
        refuse_stale(current, version)
    current.cancel_reason = reason
    current.version += 1
    current.save(update_fields=["status", "cancel_reason", "version"])
    record_event(
        current,
        "cancel",
        acting_user,
        from_status=before,
        note=reason,
        occurred_at=occurred_at,
    )
    return current


# --- Inside ------------------------------------------------------------------


def _create(
    plan: ActivityPlan,
    outcome: ActivityOutcome | None,
    acting_user: User,
    occurred_at: datetime | None,
) -> OutreachActivity:
    with stored_together() as files:
        activity = OutreachActivity(
            office_id=_office_of(plan.villages, acting_user),
            created_by=acting_user,
        )
        _set(activity, plan.facts, PLAN)
        if plan.material_file:
            _put_material(activity, plan.material_file)
            files.append(activity.material_file)
        activity.save(force_insert=True)
        _set_villages_and_officers(activity, plan)
        record_event(
            activity, "plan", acting_user, from_status="", occurred_at=occurred_at
        )
        if outcome:
            _write_outcome(activity, outcome, acting_user, "record")
            files.extend(store_photos(activity, outcome.photos))
    return activity


def _office_of(villages: Sequence[Village], acting_user: User) -> int:
    """Return the office that all villages belong to."""
    for village in villages:
        access.require(acting_user, "outreach.change", village)
    offices = {village.office_id for village in villages}
    if len(offices) != 1:
        raise ValidationError(
            {
                "villages": _(
                    "These villages belong to different offices. Make one activity "
                    "for each office."
                )
            }
        )
    return offices.pop()


def _set(
    activity: OutreachActivity, facts: Mapping[str, Any], names: Sequence[str]
) -> list[str]:
    """Set the given facts and return their names."""
    given = [name for name in names if name in facts]
    for name in given:
        setattr(activity, name, facts[name])
    return given


def _put_material(activity: OutreachActivity, file: CleanFile) -> list[str]:
    activity.material_file.save(file.content.name or "", file.content, save=False)
    activity.material_size, activity.material_type = file.size, file.content_type
    return ["material_file", "material_size", "material_type"]


def _set_villages_and_officers(activity: OutreachActivity, plan: ActivityPlan) -> None:
    """Set the villages and the officers of the activity."""
    wanted = {village.pk for village in plan.villages}
    office = plan.villages[0].office_id
    if activity.office_id != office:
        activity.office_id = office
        activity.save(update_fields=["office"])
    activity.places.exclude(village__in=wanted).delete()
    OutreachVillage.objects.bulk_create(
        [OutreachVillage(activity=activity, village_id=pk) for pk in sorted(wanted)],
        ignore_conflicts=True,
    )
    activity.officers.set(plan.officers)
    _mark_day(activity)


def _write_outcome(
    activity: OutreachActivity, outcome: ActivityOutcome, user: User, verb: str
) -> None:
    before = activity.status
    refuse_future(activity.starts_at)
    refuse_sums(outcome.facts)
    refuse_fewer_than_answers(activity, outcome.facts["participants"])
    activity.status = OUTREACH[verb].target
    changed = _set(activity, outcome.facts, FIGURES)
    activity.version += 1
    activity.save(update_fields=[*changed, "status", "version"])
    _mark_day(activity)
    when = activity.starts_at if verb == "record" else None
    record_event(activity, verb, user, from_status=before, occurred_at=when)


def _mark_day(activity: OutreachActivity) -> None:
    is_held = activity.status == OutreachActivity.Status.DONE
    day = timezone.localdate(activity.starts_at) if is_held else None
    activity.places.update(held_on=day)


# --- Refusals ----------------------------------------------------------------
