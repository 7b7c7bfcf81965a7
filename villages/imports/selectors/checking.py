"""Check rows: the matched village, its facts, the register and the other rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desabinaan.uploads.kinds import RowCheck
from desabinaan.uploads.models import UploadRow
from villages.imports.models import VillageImport
from villages.imports.selectors.changes import COUNTED, change_notes
from villages.imports.selectors.contacts import contact_to_add, head_of, names_heads
from villages.imports.selectors.decrees import decree_to_record, stated_decree
from villages.imports.selectors.existing_villages import (
    PLAIN,
    ExistingVillage,
    Register,
    register_of,
)
from villages.imports.selectors.facts import Facts, facts_of
from villages.imports.selectors.row_changes import RowChanges
from villages.places.extents import Box
from villages.places.selectors.gazetteer import (
    Gazetteer,
    GazetteerVillage,
    gazetteer_for,
    own_offices,
)
from villages.places.selectors.matches import Match, Remark
from villages.places.selectors.matching import match
from villages.register.models import Village
from villages.register.selectors.nearness import boxes_of
from villages.register.values import doubts_about_counts

READY_FROM = 90
#: problems of a point that could lie in no regency
WRONG_ANYWHERE = {"swapped_coordinates", "outside_indonesia"}


@dataclass(slots=True)
class RowResult:
    """The outcome of checking one row, before it is stored on the row."""

    match: Match
    plan: RowChanges
    problems: list[Remark]
    notes: list[Remark]
    #: the office responsible for a village that is not in the register yet
    office: int | None = None
    #: whether the register already says all that the row says
    is_known: bool = False

    @property
    def is_ready(self) -> bool:
        sure = self.match.confidence >= READY_FROM
        return self.match.place is not None and sure and not self.problems


@dataclass(frozen=True, slots=True)
class ImportContext:
    """Everything that checking needs, read before the first row."""

    known: Gazetteer
    register: Register
    offices: set[int]
    designates: bool
    #: who brought the list and assigns officers; None: the console assigns nobody
    uploader: int | None
    boxes: Mapping[str, Box]
    #: whether the contacts of the list head their villages
    heads: bool


def check_rows(rows: Sequence[UploadRow], listed: VillageImport) -> list[RowResult]:
    """Check each row by itself, in a dozen queries for all of them."""
    office = listed.office
    known = gazetteer_for([row.above | row.cells for row in rows], office)
    matches = [match(row.cells, known, row.chosen, row.above) for row in rows]
    codes = [found.place.code for found in matches if found.place]
    context = ImportContext(
        known,
        register_of(codes, office),
        own_offices(office),
        listed.designates,
        listed.uploaded_by_id,
        boxes_of(code[:5] for code in codes),
        names_heads(listed),
    )
    return [
        _check_row(row, found, context)
        for row, found in zip(rows, matches, strict=True)
    ]


def check_together(rows: Sequence[UploadRow], listed: VillageImport) -> list[RowCheck]:
    """Check the rows by themselves, and for several rows about one village."""
    checks = [as_check(result) for result in check_rows(rows, listed)]
    _add_repetitions(rows, checks)
    return checks


def as_check(result: RowResult) -> RowCheck:
    """Return what the kit stores of the outcome, or compares with it."""
    return RowCheck(
        subject=result.match.place.code if result.match.place else "",
        problems=list(result.problems),
        notes=list(result.notes),
        candidates=list(result.match.candidates),
        confidence=result.match.confidence,
        is_sure=result.is_ready,
        is_known=result.is_known,
    )


# --- Inside ------------------------------------------------------------------


def _add_repetitions(rows: Sequence[UploadRow], checks: Sequence[RowCheck]) -> None:
    """Add a problem to all but the first of several rows for the same village.

    Rows with candidates do not count: they may name another village.
    """
    first: dict[str, int] = {}
    for row, check in zip(rows, checks, strict=True):
        skipped = row.check_result == UploadRow.CheckResult.SKIPPED
        if skipped or not check.subject or check.candidates:
            continue
        line = first.setdefault(check.subject, row.line)
        if line != row.line:
            check.problems.append(("duplicate", {"line": str(line)}))


def _check_row(row: UploadRow, found: Match, context: ImportContext) -> RowResult:
    facts = facts_of(row.cells)
    problems = [*found.problems, *facts.problems]
    if not context.designates:  # the Kanwil will complete the decree
        problems = [one for one in problems if one[0] != "decree_incomplete"]
    notes = list(found.notes)
    plan = RowChanges()
    is_known = False
    if found.place is not None and not found.problems:
        existing = context.register.villages.get(found.place.code)
        if _is_foreign(found.place.code, existing, context):
            problems.append(("foreign_area", {"code": found.place.code}))
        else:
            plan = _plan(facts, existing, context, problems, notes)
            head = head_of(found.place.code) if context.heads else ""
            plan.contact = contact_to_add(facts.values, existing, head, problems, notes)
            problems += _impossible_counts(plan, existing, facts)
            problems += _far_away(facts, found.place, context)
            _add_register_notes(existing, plan, notes)
            notes += change_notes(plan, existing, facts.values)
            is_known = existing is not None and plan.is_empty
            if existing and _keeps_reason(facts.values, existing):
                notes.append(("reason_kept", {}))
    office = context.known.office_of(found.place.code) if found.place else None
    return RowResult(found, plan, problems, notes, office, is_known)


def _is_foreign(
    code: str, existing: ExistingVillage | None, context: ImportContext
) -> bool:
    keeper = existing.office if existing else context.known.office_of(code)
    return keeper not in context.offices


def _far_away(
    facts: Facts, place: GazetteerVillage, context: ImportContext
) -> list[Remark]:
    box = context.boxes.get(place.code[:5])
    said = WRONG_ANYWHERE & {problem for problem, _details in facts.problems}
    if box is None or said or not box.misses(facts.values):
        return []
    return [("far_away", {"regency": place.district.regency.name})]


def _plan(
    facts: Facts,
    existing: ExistingVillage | None,
    context: ImportContext,
    problems: list[Remark],
    notes: list[Remark],
) -> RowChanges:
    values = facts.values
    plan = RowChanges(profile=_new_facts(values, existing))
    if not facts.problems:
        decree = decree_to_record(facts, existing, context.register, problems, notes)
        plan.decree = decree if context.designates else None
    for name in values.get("schemes", ()):
        scheme = context.register.scheme_of(name)
        if scheme is None:
            problems.append(("unknown_scheme", {"name": name}))
        elif existing and scheme in existing.schemes:
            continue
        elif scheme in context.register.closed_schemes:
            problems.append(("closed_scheme", {"name": name}))
        else:
            plan.schemes.add(scheme)
    if not context.designates:
        plan.stated = stated_decree(facts, existing, notes)
    plan.officer = _officer(values, existing, context, notes)
    return plan


def _new_facts(
    values: Mapping[str, Any], existing: ExistingVillage | None
) -> dict[str, Any]:
    """Return the facts that differ from the register; a saved reason is kept."""
    new = {
        name: values[name]
        for name in PLAIN
        if name in values and (existing is None or existing.facts[name] != values[name])
    }
    if "reason" in values and not (existing and existing.facts["reason"]):
        new["reason"] = values["reason"]
    return new


def _impossible_counts(
    plan: RowChanges, existing: ExistingVillage | None, facts: Facts
) -> Iterator[Remark]:
    """Yield what the form refuses of the numbers, together with those of the register.

    Zero often means that nobody counted: over a number it is asked with that number. A
    zero that is saved already was said to be right. A key with the name of a number
    says that this one is of the register.
    """
    before = existing.facts if existing else {}
    if not plan.profile.keys() & set(COUNTED):
        return
    counts = {**before, **plan.profile}
    is_meant = "is_uninhabited" in facts.values or before.get("population") == 0
    for name, key, details in doubts_about_counts(counts, is_uninhabited=is_meant):
        old = before.get(name)
        if name in plan.profile and plan.profile[name] == 0 and old:
            yield f"zero_{name}", {"old": str(old)}
            continue
        kept = [one for one in details or [name] if one not in facts.values]
        asked = f"{key}_{kept[0]}" if kept else key
        yield asked, {one: str(value) for one, value in details.items()}


def _keeps_reason(values: Mapping[str, Any], existing: ExistingVillage) -> bool:
    saved = existing.facts["reason"]
    return bool(saved) and values.get("reason", saved) != saved


def _officer(
    values: Mapping[str, Any],
    existing: ExistingVillage | None,
    context: ImportContext,
    notes: list[Remark],
) -> tuple[int, str, date] | None:
    """Return the officer to assign, the letter number and the first day."""
    name = values.get("officer", "")
    if not name:
        return None
    person = context.register.person_of(name)
    if person is None:
        notes.append(("officer_unknown", {"name": name}))
        return None
    if existing and person in existing.officers:
        return None
    if person == context.uploader:
        notes.append(("officer_oneself", {"name": name}))
        return None
    if not values.get("letter_number") or not values.get("letter_date"):
        notes.append(("officer_without_letter", {"name": name}))
        return None
    if context.uploader is None:
        notes.append(("officer_by_account", {"name": name}))
        return None
    return person, values["letter_number"], values["letter_date"]


def _add_register_notes(
    existing: ExistingVillage | None, plan: RowChanges, notes: list[Remark]
) -> None:
    if existing is None:
        notes.insert(0, ("new", {}))
    elif plan.is_empty:
        notes.insert(0, ("known", {}))
    else:
        notes.insert(0, ("changes", {}))
    if existing and existing.status == Village.Status.DROPPED and not plan.decree:
        notes.append(("dropped", {}))
