"""What saving a row will write, as remarks: the old value beside the new one."""

from collections.abc import Iterator, Mapping
from typing import Any

from desabinaan.lib.text.telephones import telephone_text
from desabinaan.uploads.kinds import WRITES
from villages.imports.selectors.contacts import beside
from villages.imports.selectors.existing_villages import ExistingVillage
from villages.imports.selectors.row_changes import RowChanges
from villages.places.selectors.matches import Remark

COUNTED = ("population", "households")
POINT = ("latitude", "longitude")


def change_notes(
    plan: RowChanges, existing: ExistingVillage | None, values: Mapping[str, Any]
) -> Iterator[Remark]:
    """Yield one remark per changed fact; `values` are the values of the row."""
    yield from _facts(plan.profile, existing.facts if existing else {})
    if plan.decree:
        number, day, who = plan.decree
        values = {"number": number, "day": day.isoformat(), "who": who}
        yield f"{WRITES}decree", values
    if plan.schemes:
        yield f"{WRITES}schemes", {"names": ", ".join(values["schemes"])}
    if plan.contact:
        yield _contact(plan.contact, existing)
    if plan.officer:
        _person, number, day = plan.officer
        values = {"name": values["officer"], "number": number, "day": day.isoformat()}
        yield f"{WRITES}officer", values


def _contact(contact: Mapping[str, str], existing: ExistingVillage | None) -> Remark:
    """Return the new contact, and beside whom in the same position it will stand."""
    name = _contact_text(contact)
    if others := beside(contact, existing):
        return f"{WRITES}contact_beside", {"name": name, "others": "; ".join(others)}
    return f"{WRITES}contact", {"name": name}


def _contact_text(contact: Mapping[str, str]) -> str:
    """Return all that will be saved of the contact, in the order of the list."""
    parts = (contact["name"], contact["position"], telephone_text(contact["phone"]))
    return ", ".join(part for part in parts if part)


def _facts(new_facts: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Remark]:
    for name in COUNTED:
        if name in new_facts:
            yield _change(name, {"new": new_facts[name]}, {"old": before.get(name)})
    if any(axis in new_facts for axis in POINT):
        new = {axis: new_facts.get(axis, before.get(axis)) for axis in POINT}
        old = {f"old_{axis}": before.get(axis) for axis in POINT}
        if None not in new.values():  # else the row is asked for the other one
            yield _change("point", new, old)
    if "reason" in new_facts:
        yield f"{WRITES}reason", {}


def _change(key: str, new: Mapping[str, Any], old: Mapping[str, Any]) -> Remark:
    """Return the remark for a new fact, or with the old value for an update."""
    if None in old.values():
        return f"{WRITES}{key}", {name: str(value) for name, value in new.items()}
    both = {**new, **old}
    return f"{WRITES}{key}_update", {name: str(value) for name, value in both.items()}
