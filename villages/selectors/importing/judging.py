"""A row judged as a whole: the village, its facts, the register, the other rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from villages.models import Office, Village, VillageImportRow
from villages.selectors.importing.facts import Facts, facts_of
from villages.selectors.importing.gazetteer import (
    Gazetteer,
    Place,
    gazetteer_for,
    own_offices,
)
from villages.selectors.importing.matching import Match, Remark, match
from villages.selectors.importing.plans import Plan
from villages.selectors.importing.register import (
    PLAIN,
    Register,
    Standing,
    register_of,
)
from villages.selectors.importing.telling import changes_told
from villages.selectors.nearness import Box, boxes_of

Verdict = VillageImportRow.Verdict
READY_FROM = 90
#: states in which a village has no decree yet, so that a list may bring the first
WITHOUT_DECREE = (Village.Status.PROPOSED, Village.Status.DROPPED)


@dataclass(slots=True)
class Judgement:
    match: Match
    plan: Plan
    problems: list[Remark]
    notes: list[Remark]
    #: in whose care a village is that the register does not hold yet
    office: int | None = None

    @property
    def is_ready(self) -> bool:
        sure = self.match.confidence >= READY_FROM
        return self.match.place is not None and sure and not self.problems


@dataclass(frozen=True, slots=True)
class Bench:
    """All that judging needs, read before the first row."""

    known: Gazetteer
    register: Register
    offices: set[int]
    designates: bool
    boxes: Mapping[str, Box]


def judgements(rows: Sequence[VillageImportRow], office: Office) -> list[Judgement]:
    """Each row judged; a dozen queries for all of them, however many."""
    known = gazetteer_for([row.cells for row in rows], office)
    matches = [match(row.cells, known, row.chosen_id or "") for row in rows]
    codes = [found.place.code for found in matches if found.place]
    bench = Bench(
        known,
        register_of(codes, office),
        own_offices(office),
        office.kind == Office.Kind.REGIONAL,
        boxes_of(code[:5] for code in codes),
    )
    return [
        _judged(row, found, bench) for row, found in zip(rows, matches, strict=True)
    ]


def judge_together(rows: Sequence[VillageImportRow], office: Office) -> None:
    """Every row carries its judgement, in the order of the lines; nothing is saved."""
    for row, told in zip(rows, judgements(rows, office), strict=True):
        write_down(row, told)
    tell_twins(rows)


def write_down(row: VillageImportRow, told: Judgement) -> None:
    """The row carries its judgement; one that was left out stays out."""
    row.region_id = told.match.place.code if told.match.place else None
    row.confidence = told.match.confidence
    row.candidates = list(told.match.candidates)
    row.problems = [list(one) for one in told.problems]
    row.notes = [list(one) for one in told.notes]
    if row.verdict != Verdict.LEFT_OUT:
        row.verdict = Verdict.READY if told.is_ready else Verdict.DOUBTFUL


def tell_twins(rows: Iterable[VillageImportRow]) -> None:
    """Of rows that surely mean the same village, the first counts; the others are told.

    A row with candidates is not settled yet: it may mean another village.
    """
    first: dict[str, int] = {}
    for row in rows:
        if row.verdict == Verdict.LEFT_OUT or not row.region_id or row.candidates:
            continue
        line = first.setdefault(row.region_id, row.line)
        if line != row.line:
            row.problems = [*row.problems, ["twin", {"line": str(line)}]]
            row.verdict = Verdict.DOUBTFUL


# --- Inside ------------------------------------------------------------------


def _judged(row: VillageImportRow, found: Match, bench: Bench) -> Judgement:
    facts = facts_of(row.cells)
    problems = [*found.problems, *facts.problems]
    notes = list(found.notes)
    plan = Plan()
    if found.place is not None and not found.problems:
        standing = bench.register.villages.get(found.place.code)
        if _is_foreign(found.place.code, standing, bench):
            problems.append(("foreign_area", {"code": found.place.code}))
        else:
            plan = _plan(facts, standing, bench, problems, notes)
            problems += _far_away(facts, found.place, bench)
            _tell_register(standing, plan, notes)
            notes += changes_told(plan, standing, facts.values)
    office = bench.known.office_of(found.place.code) if found.place else None
    return Judgement(found, plan, problems, notes, office)


def _is_foreign(code: str, standing: Standing | None, bench: Bench) -> bool:
    keeper = standing.office if standing else bench.known.office_of(code)
    return keeper not in bench.offices


def _far_away(facts: Facts, place: Place, bench: Bench) -> list[Remark]:
    box = bench.boxes.get(place.code[:5])
    if facts.problems or box is None or not box.misses(facts.values):
        return []
    return [("far_away", {"regency": place.district.regency.name})]


def _plan(
    facts: Facts,
    standing: Standing | None,
    bench: Bench,
    problems: list[Remark],
    notes: list[Remark],
) -> Plan:
    values = facts.values
    plan = Plan(profile=_new_facts(values, standing))
    if not facts.problems:
        plan.decree = _decree(facts, standing, bench, problems, notes)
    for name in values.get("schemes", ()):
        scheme = bench.register.scheme_of(name)
        if scheme is None:
            problems.append(("unknown_scheme", {"name": name}))
        elif standing is None or scheme not in standing.schemes:
            plan.schemes.add(scheme)
    plan.contact = _contact(values, standing)
    plan.officer = _officer(values, standing, bench, notes)
    return plan


def _new_facts(values: Mapping[str, Any], standing: Standing | None) -> dict[str, Any]:
    """Facts that the register does not hold yet; a reason that stands is kept."""
    new = {
        name: values[name]
        for name in PLAIN
        if name in values and (standing is None or standing.facts[name] != values[name])
    }
    if "reason" in values and not (standing and standing.facts["reason"]):
        new["reason"] = values["reason"]
    return new


def _decree(
    facts: Facts,
    standing: Standing | None,
    bench: Bench,
    problems: list[Remark],
    notes: list[Remark],
) -> tuple[str, date, str] | None:
    """The decree to record: a Kanwil's, for a village that is only proposed."""
    status = standing.status if standing else Village.Status.PROPOSED
    asked = facts.values.get("status", "")
    if asked in (Village.Status.INACTIVE, Village.Status.REVOKED) and asked != status:
        problems.append(("decree_by_hand", {"state": asked}))
        return None
    decree = facts.decree
    if decree is None:
        if asked == Village.Status.DESIGNATED and status == Village.Status.PROPOSED:
            notes.append(("designated_without_decree", {}))
        return None
    if standing and decree[0] in standing.decrees:
        return None
    if not bench.designates:
        notes.append(("decree_by_kanwil", {"number": decree[0]}))
        return None
    if status not in WITHOUT_DECREE:
        notes.append(("other_decree", {"number": decree[0]}))
        return None
    # An office gives each number once: the same decree has the same day in every row.
    day = bench.register.decrees.setdefault(decree[0].casefold(), decree[1])
    if day != decree[1]:
        told = {"number": decree[0], "day": day.isoformat()}
        problems.append(("decree_of_other_day", told))
    return decree


def _contact(values: Mapping[str, Any], standing: Standing | None) -> dict[str, str]:
    name = values.get("contact_name", "")
    if not name or (standing and name.casefold() in standing.contacts):
        return {}
    return {
        "name": name,
        "position": values.get("contact_position", ""),
        "phone": values.get("contact_phone", ""),
    }


def _officer(
    values: Mapping[str, Any],
    standing: Standing | None,
    bench: Bench,
    notes: list[Remark],
) -> tuple[int, str, date] | None:
    """Who is to serve, by which letter, from when."""
    name = values.get("officer", "")
    if not name:
        return None
    person = bench.register.person_of(name)
    if person is None:
        notes.append(("officer_unknown", {"name": name}))
        return None
    if standing and person in standing.officers:
        return None
    if not values.get("letter_number") or not values.get("letter_date"):
        notes.append(("officer_without_letter", {"name": name}))
        return None
    return person, values["letter_number"], values["letter_date"]


def _tell_register(standing: Standing | None, plan: Plan, notes: list[Remark]) -> None:
    if standing is None:
        notes.insert(0, ("new", {}))
    elif plan.is_empty:
        notes.insert(0, ("known", {}))
    else:
        notes.insert(0, ("changes", {}))
    if standing and standing.status == Village.Status.DROPPED and not plan.decree:
        notes.append(("dropped", {}))
