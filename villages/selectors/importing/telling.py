"""What taking a row over will write, as remarks: the old value beside the new one."""

from collections.abc import Iterator, Mapping
from typing import Any

from villages.selectors.importing.matching import Remark
from villages.selectors.importing.plans import Plan
from villages.selectors.importing.register import Standing

#: begins the word of each remark that tells a change
WRITES = "writes_"
COUNTED = ("population", "households")
POINT = ("latitude", "longitude")


def changes_told(
    plan: Plan, standing: Standing | None, values: Mapping[str, Any]
) -> Iterator[Remark]:
    """One remark per fact; `values` are the row's own, `standing` what there is."""
    yield from _facts(plan.profile, standing.facts if standing else {})
    if plan.decree:
        number, day, who = plan.decree
        told = {"number": number, "day": day.isoformat(), "who": who}
        yield f"{WRITES}decree", told
    if plan.schemes:
        yield f"{WRITES}schemes", {"names": ", ".join(values["schemes"])}
    if plan.contact:
        yield f"{WRITES}contact", {"name": _contact(plan.contact)}
    if plan.officer:
        _person, number, day = plan.officer
        told = {"name": values["officer"], "number": number, "day": day.isoformat()}
        yield f"{WRITES}officer", told


def _contact(brought: Mapping[str, str]) -> str:
    """All that is written of the contact, in the order of the list."""
    parts = (brought[name] for name in ("name", "position", "phone"))
    return ", ".join(part for part in parts if part)


def _facts(brought: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Remark]:
    for name in COUNTED:
        if name in brought:
            yield _change(name, {"new": brought[name]}, {"old": before.get(name)})
    if any(axis in brought for axis in POINT):
        new = {axis: brought.get(axis, before.get(axis)) for axis in POINT}
        old = {f"old_{axis}": before.get(axis) for axis in POINT}
        yield _change("point", new, old)
    if "reason" in brought:
        yield f"{WRITES}reason", {}


def _change(word: str, new: Mapping[str, Any], old: Mapping[str, Any]) -> Remark:
    """A fact that stood already is told with what stood there."""
    if None in old.values():
        return f"{WRITES}{word}", {key: str(value) for key, value in new.items()}
    both = {**new, **old}
    return f"{WRITES}{word}_anew", {key: str(value) for key, value in both.items()}
