"""Proposing a village, keeping its profile, and its decrees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.editing import same_version
from desabinaan.lib.files import CleanFile, stored_together
from desabinaan.lib.transitions import step
from villages.models import Designation, Region, Village, VillageEvent
from villages.selectors.regions import office_for, refuse_fostered
from villages.selectors.timeline import last_edit
from villages.workflow import VILLAGE

PROFILE = (
    "reason",
    "population",
    "households",
    "latitude",
    "longitude",
    "access_note",
    "profile",
)


@dataclass(frozen=True, slots=True)
class Decree:
    """What a decree says; `file` is the PDF as `lib.files.clean_upload` gives it."""

    number: str
    date: date
    signatory: str
    file: CleanFile


@transaction.atomic
def propose_village(
    region: Region,
    facts: Mapping[str, Any],
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Village:
    """The region stands in the register as proposed, in the care of its office.

    `facts` holds some of PROFILE and, if there are any, `schemes`.
    """
    current = (
        Region.objects.select_for_update(of=("self",))
        .select_related("parent__parent")
        .get(pk=region.pk)
    )
    office = office_for(current)
    if office is None or current.parent is None or current.parent.parent is None:
        raise ValidationError(_("No office looks after this village yet."))
    access.require(acting_user, "village.propose", office)
    refuse_fostered(current)
    when = occurred_at or timezone.now()
    village = Village.objects.create(
        region=current,
        office=office,
        name=current.name,
        district_name=current.parent.name,
        regency=current.parent.parent,
        regency_name=current.parent.parent.name,
        proposed_at=when,
        **_profile(facts),
    )
    village.schemes.set(facts.get("schemes", []))
    record(village, "propose", acting_user, from_status="", occurred_at=when)
    return village


@transaction.atomic
def edit_village(
    village: Village, facts: Mapping[str, Any], *, version: int, acting_user: User
) -> Village:
    """The profile holds `facts`; StaleEdit when it changed after it was opened."""
    current = locked(village)
    access.require(acting_user, "village.change", current)
    _refuse_stale(current, version)
    for name, value in _profile(facts).items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*_profile(facts), "version"])
    if "schemes" in facts:
        current.schemes.set(facts["schemes"])
    record(current, "edit", acting_user)
    return current


def record_decree(
    village: Village,
    verb: str,
    decree: Decree,
    *,
    acting_user: User,
) -> Designation:
    """The decree is recorded with its PDF, and the village is in the state it orders.

    The deed counts from the day of the decree.
    """
    with stored_together() as files:
        current = locked(village)
        access.require(acting_user, VILLAGE[verb].capability, current)
        before = current.status
        current.status = step(VILLAGE, verb, before).target
        _refuse_contradiction(list(current.designations.all()), verb, decree)
        designation = _designation(current, verb, decree, acting_user)
        files.append(designation.decree_file)
        name = decree.file.content.name or ""
        designation.decree_file.save(name, decree.file.content, save=False)
        designation.save()
        current.save(update_fields=["status"])
        record(
            current,
            verb,
            acting_user,
            from_status=before,
            note=f"{decree.number} · {decree.signatory}",
            occurred_at=_start_of(decree.date),
        )
    return designation


# --- Inside ------------------------------------------------------------------


def locked(village: Village) -> Village:
    return (
        Village.objects.select_for_update(of=("self",))
        .select_related("office")
        .get(pk=village.pk)
    )


def locked_together(villages: Iterable[Village]) -> list[Village]:
    """The villages, each once, locked in one order: no two deeds wait in a ring."""
    wanted = {village.pk for village in villages}
    rows = Village.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    return list(rows.select_related("office").order_by("pk"))


def record(
    village: Village,
    verb: str,
    acting_user: User | None,
    *,
    from_status: str | None = None,
    note: str = "",
    occurred_at: datetime | None = None,
) -> VillageEvent:
    """One deed more on the record; `from_status` is told when it changed the state."""
    return VillageEvent.objects.create(
        village=village,
        actor=acting_user,
        verb=verb,
        from_status=village.status if from_status is None else from_status,
        to_status=village.status,
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )


def _profile(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in PROFILE if name in facts}


def _refuse_stale(village: Village, version: int) -> None:
    if village.version != version:
        who, when = last_edit(village)
        same_version(village.version, version, who, when)


def _refuse_contradiction(
    earlier: Sequence[Designation], verb: str, decree: Decree
) -> None:
    """A decree has its day, follows the others, and is recorded once; latest first."""
    if decree.date > timezone.localdate():
        raise ValidationError(
            {"date": _("The day of the decree lies in the future. Check the date.")}
        )
    if earlier and decree.date < earlier[0].decree_date:
        raise ValidationError(
            {
                "date": _(
                    "Decree %(number)s of this village is younger. "
                    "Give its day or a later one."
                )
                % {"number": earlier[0].decree_number}
            }
        )
    if any((one.verb, one.decree_number) == (verb, decree.number) for one in earlier):
        raise ValidationError(
            {"number": _("This decree is already recorded for this village.")}
        )


def _designation(
    village: Village, verb: str, decree: Decree, acting_user: User
) -> Designation:
    return Designation(
        village=village,
        verb=verb,
        decree_number=decree.number,
        decree_date=decree.date,
        signatory=decree.signatory,
        decree_size=decree.file.size,
        decree_sha256=decree.file.sha256,
        recorded_by=acting_user,
    )


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
