"""Activities: planned, held, corrected, cancelled; with villages and officers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.files import CleanFile, stored_together
from desabinaan.lib.transitions import step
from villages.actions.outreach_photos import Photo, hang
from villages.actions.outreach_row import (
    locked,
    record,
    refuse_cancelled,
    refuse_stale,
)
from villages.models import OutreachActivity, OutreachVillage, Village
from villages.models.outreach import FIGURES
from villages.selectors.awareness import most_answers_of
from villages.workflow import OUTREACH

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
class Plan:
    """What, where, when and who goes; `facts` holds some of PLAN."""

    facts: Mapping[str, Any]
    villages: Sequence[Village]
    officers: Sequence[User]
    material_file: CleanFile | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it: `facts` holds some of FIGURES."""

    facts: Mapping[str, Any]
    photos: Sequence[Photo] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Made:
    """The activity as it stands; `is_repeat` when the same form had arrived before."""

    activity: OutreachActivity
    is_repeat: bool = False


def plan_activity(
    plan: Plan,
    *,
    client_uuid: UUID,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Made:
    """The activity stands in the plan; a repeated `client_uuid` changes nothing."""
    return _once(plan, None, client_uuid, acting_user, occurred_at)


def record_visit(
    plan: Plan, held: Held, *, client_uuid: UUID, acting_user: User
) -> Made:
    """What was held without being planned here is on record, with its photos."""
    return _once(plan, held, client_uuid, acting_user, plan.facts["starts_at"])


def edit_activity(
    activity: OutreachActivity, plan: Plan, *, version: int, acting_user: User
) -> OutreachActivity:
    """The plan is changed; StaleEdit when it changed after it was opened."""
    with stored_together() as files:
        current = locked(activity)
        access.require(acting_user, "outreach.change", current)
        refuse_cancelled(current)
        refuse_stale(current, version)
        _office_of(plan.villages, acting_user)
        if current.status == OutreachActivity.Status.DONE:
            _refuse_future(plan.facts["starts_at"])
        changed = _set(current, plan.facts, PLAN)
        if plan.material_file:
            changed += _put_material(current, plan.material_file)
            files.append(current.material_file)
        current.version += 1
        current.save(update_fields=[*changed, "version"])
        _send_to(current, plan)
        record(current, "edit", acting_user)
    return current


@transaction.atomic
def record_held(
    activity: OutreachActivity,
    held: Held,
    *,
    version: int,
    acting_user: User,
    verb: str = "record",
) -> OutreachActivity:
    """The activity was held with these figures; `verb` "correct" mends them later."""
    current = locked(activity)
    access.require(acting_user, OUTREACH[verb].capability, current)
    step(OUTREACH, verb, current.status)
    refuse_stale(current, version)
    _hold(current, held, acting_user, verb)
    return current


@transaction.atomic
def cancel_activity(
    activity: OutreachActivity,
    reason: str,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> OutreachActivity:
    """The activity will not take place, and the record says why."""
    current = locked(activity)
    access.require(acting_user, OUTREACH["cancel"].capability, current)
    before = current.status
    current.status = step(OUTREACH, "cancel", before).target
    current.cancel_reason = reason
    current.version += 1
    current.save(update_fields=["status", "cancel_reason", "version"])
    record(
        current,
        "cancel",
        acting_user,
        from_status=before,
        note=reason,
        occurred_at=occurred_at,
    )
    return current


# --- Inside ------------------------------------------------------------------


def _once(
    plan: Plan,
    held: Held | None,
    client_uuid: UUID,
    acting_user: User,
    occurred_at: datetime | None,
) -> Made:
    try:
        return Made(_create(plan, held, client_uuid, acting_user, occurred_at))
    except IntegrityError:
        sent = OutreachActivity.objects.filter(client_uuid=client_uuid).first()
        if sent is None:
            raise
        if sent.created_by_id != acting_user.pk:
            raise ValidationError(
                _("This form was used before. Open the page again and send it anew.")
            ) from None
        return Made(sent, is_repeat=True)


def _create(
    plan: Plan,
    held: Held | None,
    client_uuid: UUID,
    acting_user: User,
    occurred_at: datetime | None,
) -> OutreachActivity:
    with stored_together() as files:
        activity = OutreachActivity(
            office_id=_office_of(plan.villages, acting_user),
            created_by=acting_user,
            client_uuid=client_uuid,
        )
        _set(activity, plan.facts, PLAN)
        if plan.material_file:
            _put_material(activity, plan.material_file)
            files.append(activity.material_file)
        activity.save(force_insert=True)
        _send_to(activity, plan)
        record(activity, "plan", acting_user, from_status="", occurred_at=occurred_at)
        if held:
            _hold(activity, held, acting_user, "record")
            files.extend(hang(activity, held.photos))
    return activity


def _office_of(villages: Sequence[Village], acting_user: User) -> int:
    """The one office in whose area all of them lie."""
    for village in villages:
        access.require(acting_user, "outreach.change", village)
    offices = {village.office_id for village in villages}
    if len(offices) != 1:
        raise ValidationError(
            {
                "villages": _(
                    "These villages are in the care of different offices. "
                    "Make one activity for each office."
                )
            }
        )
    return offices.pop()


def _set(
    activity: OutreachActivity, facts: Mapping[str, Any], names: Sequence[str]
) -> list[str]:
    """The names that were set."""
    given = [name for name in names if name in facts]
    for name in given:
        setattr(activity, name, facts[name])
    return given


def _put_material(activity: OutreachActivity, file: CleanFile) -> list[str]:
    activity.material_file.save(file.content.name or "", file.content, save=False)
    activity.material_size, activity.material_type = file.size, file.content_type
    return ["material_file", "material_size", "material_type"]


def _send_to(activity: OutreachActivity, plan: Plan) -> None:
    """The activity reaches exactly these villages, and these officers go."""
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


def _hold(activity: OutreachActivity, held: Held, user: User, verb: str) -> None:
    before = activity.status
    _refuse_future(activity.starts_at)
    _refuse_sums(held.facts)
    _refuse_fewer_than_answers(activity, held.facts["participants"])
    activity.status = OUTREACH[verb].target
    changed = _set(activity, held.facts, FIGURES)
    activity.version += 1
    activity.save(update_fields=[*changed, "status", "version"])
    _mark_day(activity)
    when = activity.starts_at if verb == "record" else None
    record(activity, verb, user, from_status=before, occurred_at=when)


def _mark_day(activity: OutreachActivity) -> None:
    held = activity.status == OutreachActivity.Status.DONE
    day = timezone.localdate(activity.starts_at) if held else None
    activity.places.update(held_on=day)


# --- What is refused ---------------------------------------------------------


def _refuse_future(starts_at: datetime) -> None:
    if starts_at > timezone.now():
        raise ValidationError(
            {
                "day": _(
                    "This time has not come yet, so the activity cannot have been "
                    "held. Change its day, or record it afterwards."
                )
            }
        )


def _refuse_sums(facts: Mapping[str, Any]) -> None:
    people, men, women = facts["participants"], facts["men"], facts["women"]
    if men + women != people:
        raise ValidationError(
            {
                "participants": _(
                    "%(men)s men and %(women)s women are %(sum)s people, "
                    "not %(people)s. Check the three numbers."
                )
                % {"men": men, "women": women, "sum": men + women, "people": people}
            }
        )
    among = {
        "youth": _("There are more young people than participants."),
        "prospective_migrants": _(
            "There are more prospective migrant workers than participants."
        ),
    }
    wrong = {
        name: told for name, told in among.items() if (facts.get(name) or 0) > people
    }
    if wrong:
        raise ValidationError(wrong)


def _refuse_fewer_than_answers(activity: OutreachActivity, people: int) -> None:
    answers = most_answers_of(activity)
    if answers > people + people // 5:
        raise ValidationError(
            {
                "participants": _(
                    "The test has %(answers)s answers in one round. That is more "
                    "than %(people)s participants and a fifth. Check the number."
                )
                % {"answers": answers, "people": people}
            }
        )
