"""Contact persons in a village."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.text.folding import folded
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
    """Add a contact to the village.

    ValidationError for a name that it has already, unless `facts` say `is_another`.
    """
    current = locked(village)
    access.require(acting_user, "village.change_contacts", current)
    _refuse_same_name(current.contacts.all(), facts)
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
    """Save `facts` in the contact; StaleEdit when it changed after it was opened.

    ValidationError when another contact has the new name, as in `add_contact`.
    """
    village = locked(contact.village)
    access.require(acting_user, "village.change_contacts", village)
    current = get_or_refuse(VillageContact.objects.all(), contact.pk)
    if current.version != version:
        same_version(current.version, version, *last_contact_edit(current))
    if folded(current.name) != folded(facts["name"]):
        _refuse_same_name(village.contacts.all(), facts)
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


def _refuse_same_name(
    contacts: Iterable[VillageContact], facts: Mapping[str, Any]
) -> None:
    if facts.get("is_another"):
        return
    for one in contacts:
        if folded(one.name) == folded(facts["name"]):
            names = {"name": one.name, "position": one.position}
            text = _("The village has a contact %(name)s (%(position)s) already.")
            raise ValidationError({"is_another": text % names})


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in FIELDS}
