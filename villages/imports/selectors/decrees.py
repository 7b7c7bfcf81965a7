"""The decree in a row: what the Kanwil's list records, and what a Kanim's states."""

from datetime import date

from desabinaan.lib.text.folding import without_case
from villages.imports.selectors.existing_villages import ExistingVillage, Register
from villages.imports.selectors.facts import DECREE, Facts
from villages.imports.selectors.row_changes import StatedDecree
from villages.places.selectors.matches import Remark
from villages.register.models import Village

#: states in which a village has no decree yet, so that a list may bring the first
WITHOUT_DECREE = (Village.Status.PROPOSED, Village.Status.DROPPED)


def decree_to_record(
    facts: Facts,
    existing: ExistingVillage | None,
    register: Register,
    problems: list[Remark],
    notes: list[Remark],
) -> tuple[str, date, str] | None:
    """Return the decree to record, or None with a problem or note that says why."""
    status = existing.status if existing else Village.Status.PROPOSED
    asked = facts.values.get("status", "")
    if asked in (Village.Status.INACTIVE, Village.Status.REVOKED) and asked != status:
        problems.append(("decree_on_own_page", {"state": asked}))
        return None
    decree = facts.decree
    if decree is None:
        if asked == Village.Status.DESIGNATED and status == Village.Status.PROPOSED:
            notes.append(("designated_without_decree", {}))
        return None
    if existing and without_case(decree[0]) in existing.decrees:
        return None
    if status not in WITHOUT_DECREE:
        notes.append(("other_decree", {"number": decree[0]}))
        return None
    # An office issues each number once, so its date must be the same in every row.
    day = register.decrees.setdefault(without_case(decree[0]), decree[1])
    if day != decree[1]:
        result = {"number": decree[0], "day": day.isoformat()}
        problems.append(("decree_of_other_day", result))
    return decree


def stated_decree(
    facts: Facts, existing: ExistingVillage | None, notes: list[Remark]
) -> StatedDecree | None:
    """Return the decree to keep with the proposal, if the list names another one."""
    number, day, signatory = (facts.values.get(name) for name in DECREE)
    status = existing.status if existing else Village.Status.PROPOSED
    if status != Village.Status.PROPOSED or not (number or day or signatory):
        return None
    stated = (number or "", day, signatory or "")
    notes.append(("decree_by_kanwil", {"number": number or "–"}))
    return stated if existing is None or existing.stated != stated else None
