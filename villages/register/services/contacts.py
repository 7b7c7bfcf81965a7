"""Contact persons in a village."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.versions import same_version
from villages.register.models import Village, VillageContact
from villages.register.selectors.timeline import last_contact_edit
from villages.register.services.villages import locked

FIELDS = ("name", "position", "phone")


@transaction.atomic
def add_contact(
    village: Village,
    facts: Mapping[str, Any],
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> VillageContact:
    """Add a contact to the village."""
    current = locked(village)
    access.require(acting_user, "village.change_contacts", current)
    contact = VillageContact.objects.create(village=current, **_facts(facts))
    record_event(
        current,
        "contact_add",
        acting_user,
        note=contact.position,
        occurred_at=occurred_at,
    )
    return contact


@transaction.atomic
def edit_contact(
    contact: VillageContact,
    facts: Mapping[str, Any],
    *,
    version: int,
    acting_user: User,
) -> VillageContact:
    """Save `facts` in the contact; StaleEdit when it changed after it was opened."""
    village = locked(contact.village)
    access.require(acting_user, "village.change_contacts", village)
    current = get_or_refuse(VillageContact.objects.all(), contact.pk)
    if current.version != version:
        same_version(current.version, version, *last_contact_edit(current))
    for name, value in _facts(facts).items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*FIELDS, "version"])
    record_event(village, "contact_edit", acting_user, note=current.position)
    return current


@transaction.atomic
def remove_contact(contact: VillageContact, *, acting_user: User) -> None:
    """Delete the contact; the event keeps the position but not the person."""
    village = locked(contact.village)
    access.require(acting_user, "village.change_contacts", village)
    current = get_or_refuse(VillageContact.objects.all(), contact.pk)
    record_event(village, "contact_remove", acting_user, note=current.position)
    remove_row(current, within=village, acting_user=acting_user)


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in FIELDS}
