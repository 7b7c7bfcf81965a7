"""Editing the profile of a village, and recording its events."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_row, lock_rows
from desabinaan.lib.workflow.versions import same_version
from villages.places.models import Region
from villages.register.models import Village
from villages.register.selectors.nearness import refuse_far
from villages.register.selectors.timeline import last_edit

PROFILE = (
    "reason",
    "population",
    "households",
    "latitude",
    "longitude",
    "access_note",
    "profile",
)


@transaction.atomic
def edit_village(
    village: Village, facts: Mapping[str, Any], *, version: int, acting_user: User
) -> Village:
    """Save `facts` in the profile; StaleEdit when it changed after it was opened."""
    current = locked(village)
    access.require(acting_user, "village.change", current)
    if current.version != version:
        who, when = last_edit(current)
        same_version(current.version, version, who, when)
    refuse_far(current.regency_id, current.regency_name, facts, current)
    for name, value in profile_of(facts).items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*profile_of(facts), "version"])
    if "schemes" in facts:
        current.schemes.set(facts["schemes"])
    record_event(current, "edit", acting_user)
    return current


# --- Inside ------------------------------------------------------------------


def locked(village: Village) -> Village:
    return lock_row(Village.objects.select_related("office__parent"), village.pk)


def locked_together(villages: Iterable[Village]) -> list[Village]:
    """Return the villages, each once, locked in a fixed order to avoid deadlocks."""
    wanted = {village.pk for village in villages}
    rows = Village.objects.select_related("office__parent")
    return lock_rows(rows.filter(pk__in=wanted))


def village_on(region: Region, **facts: Any) -> Village:
    """Return a village on its region with these facts, not saved yet.

    It repeats the names of the region and of those around it. ValueError when the
    region is no village.
    """
    district = region.parent
    if district is None or district.parent is None:
        raise ValueError(f"{region.pk} is no village")
    return Village(
        region=region,
        name=region.name,
        district_name=district.name,
        regency=district.parent,
        regency_name=district.parent.name,
        **facts,
    )


def profile_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the facts that are fields of the village."""
    return {name: facts[name] for name in PROFILE if name in facts}
