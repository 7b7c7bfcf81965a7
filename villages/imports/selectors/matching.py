"""Match a row to an official village, with a confidence in percent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

from villages.imports.selectors.gazetteer import (
    Gazetteer,
    GazetteerDistrict,
    GazetteerRegency,
    GazetteerVillage,
)
from villages.places.village_names import (
    code_in,
    folded_name,
    folded_regency,
    is_called_village,
    likeness,
)

#: a problem or a note: its key, and the details for its sentence
Remark: TypeAlias = tuple[str, dict[str, str]]
SURE = 97
ALIKE = 70
HALF_SURE = 50
MOST_CANDIDATES = 12
MOST_IN_DISTRICT = 30
#: above this number of villages, similar names are not searched
MOST_COMPARED = 2_500
BLANK_DISTRICT = 92
BLANK_REGENCY = 95
CODE_WITHOUT_NAME = 99


@dataclass(slots=True)
class Match:
    """The matched village; with a problem, `candidates` are codes to choose from."""

    place: GazetteerVillage | None = None
    confidence: int = 0
    candidates: Sequence[str] = ()
    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def match(cells: Mapping[str, str], known: Gazetteer, chosen: str = "") -> Match:
    """Match the row by code, else by names; a `chosen` village always counts."""
    if chosen and chosen in known.by_code:
        return Match(known.by_code[chosen], 100)
    typed = cells.get("code", "")
    code = code_in(typed)
    place = known.by_code.get(code)
    if place is not None:
        return _by_code(cells, place, known)
    found = _by_names(cells, known)
    if typed and (found.place is None or found.problems):
        found.problems.insert(0, ("unknown_code", {"code": typed}))
    elif typed:
        found.notes.append(("unknown_code", {"code": typed}))
    return found


# --- By code -----------------------------------------------------------------


def _by_code(
    cells: Mapping[str, str], place: GazetteerVillage, known: Gazetteer
) -> Match:
    name = folded_name(cells.get("village", ""))
    if not name:
        return Match(place, CODE_WITHOUT_NAME)
    alike = likeness(name, place.folded)
    district = folded_name(cells.get("district", ""))
    same_district = not district or likeness(district, place.district.folded) >= ALIKE
    if alike >= ALIKE and same_district:
        return Match(place, 100 if alike == 100 else max(alike, 90))
    others = [one.code for one in known.by_name.get(name, ())][:MOST_CANDIDATES]
    return Match(
        place,
        HALF_SURE,
        list(dict.fromkeys([place.code, *others])),
        [("code_and_name_differ", {"code": place.code, "name": place.name})],
    )


# --- By names ----------------------------------------------------------------


def _by_names(cells: Mapping[str, str], known: Gazetteer) -> Match:
    name = folded_name(cells.get("village", ""))
    if not name:
        return Match(problems=[("no_village", {})])
    regencies = _regencies(cells, known)
    if not regencies:
        typed = {"name": cells.get("regency", "")}
        return _elsewhere(name, known, ("unknown_regency", typed))
    districts, sure = _districts(cells, regencies)
    if not districts:
        typed = {"name": cells.get("district", "")}
        return _elsewhere(name, known, ("unknown_district", typed), regencies)
    pool = [place for district in districts for place in district.villages]
    same = [place for place in pool if place.folded == name]
    if len(same) == 1:
        same_name_districts = _districts_of_same_name(name, cells, districts)
        return _found(same[0], cells, sure, same_name_districts)
    if same:
        codes = [place.code for place in same][:MOST_CANDIDATES]
        count = {"count": str(len(same))}
        problems: list[Remark] = [("several", count)]
        return Match(candidates=codes, problems=problems, confidence=HALF_SURE)
    return _listed_district(name, cells, districts) or _alike(name, cells, pool, sure)


def _districts_of_same_name(
    name: str, cells: Mapping[str, str], districts: Iterable[GazetteerDistrict]
) -> list[GazetteerDistrict]:
    """Return districts that have the name in the village column of the row."""
    if cells.get("district") or is_called_village(cells["village"]):
        return []
    return [district for district in districts if district.folded == name]


def _found(
    place: GazetteerVillage,
    cells: Mapping[str, str],
    sure: int,
    same_name_districts: Sequence[GazetteerDistrict] = (),
) -> Match:
    """Return the match for the only village of that name; note missing cells."""
    found = Match(place, sure)
    if same_name_districts:
        others = [
            one.code for district in same_name_districts for one in district.villages
        ]
        codes = list(dict.fromkeys([place.code, *others]))[:MOST_IN_DISTRICT]
        problem = ("village_or_district", {"name": place.name})
        return Match(place, HALF_SURE, codes, [problem])
    if not cells.get("district"):
        found.confidence = min(sure, BLANK_DISTRICT)
        found.notes.append(("blank_district", {"district": place.district.name}))
    elif not cells.get("regency"):
        found.confidence = min(sure, BLANK_REGENCY)
    if sure < SURE:
        found.candidates = [place.code]
        typed = {"name": cells.get("district", ""), "like": place.district.name}
        found.problems.append(("similar_district", typed))
    return found


def _regencies(cells: Mapping[str, str], known: Gazetteer) -> list[GazetteerRegency]:
    typed = cells.get("regency", "")
    if not typed:
        return known.regencies
    named = known.regencies_named(typed)
    if named:
        return named
    kind, name = folded_regency(typed)
    return [
        one
        for one in known.regencies
        if kind in ("", one.folded[0]) and likeness(name, one.folded[1]) >= SURE
    ]


def _districts(
    cells: Mapping[str, str], regencies: Iterable[GazetteerRegency]
) -> tuple[list[GazetteerDistrict], int]:
    """Return the best matching districts and the confidence; all when blank."""
    within = [district for regency in regencies for district in regency.districts]
    name = folded_name(cells.get("district", ""))
    if not name:
        return within, 100
    ranked = [(likeness(name, district.folded), district) for district in within]
    best = max((alike for alike, _district in ranked), default=0)
    if best < ALIKE:
        return [], 0
    return [district for alike, district in ranked if alike == best], best


def _listed_district(
    name: str, cells: Mapping[str, str], districts: Sequence[GazetteerDistrict]
) -> Match | None:
    """Match a district named in the village column: offer its villages."""
    named = [district for district in districts if district.folded == name]
    if not named:
        return None
    codes = [place.code for district in named for place in district.villages]
    typed = {"name": cells.get("village", "")}
    return Match(
        candidates=codes[:MOST_IN_DISTRICT], problems=[("district_as_village", typed)]
    )


def _alike(
    name: str, cells: Mapping[str, str], pool: Sequence[GazetteerVillage], sure: int
) -> Match:
    """Match by a similar name; offer the most similar villages first."""
    if len(pool) > MOST_COMPARED:
        return Match(problems=[("unknown_village", {"name": cells["village"]})])
    ranked = [(likeness(name, place.folded), place) for place in pool]
    ranked = [one for one in ranked if one[0] >= ALIKE]
    ranked.sort(key=itemgetter(0), reverse=True)
    if not ranked:
        return Match(problems=[("unknown_village", {"name": cells["village"]})])
    best, place = ranked[0]
    if best >= SURE and all(alike < SURE for alike, _place in ranked[1:]):
        return _found(place, cells, min(best, sure))
    codes = [one.code for _alike, one in ranked][:MOST_CANDIDATES]
    typed = {"name": cells["village"], "like": place.name}
    return Match(place, min(best, sure), codes, [("similar_village", typed)])


def _elsewhere(
    name: str,
    known: Gazetteer,
    problem: Remark,
    regencies: Sequence[GazetteerRegency] = (),
) -> Match:
    """Report the problem, with villages of the same name elsewhere to choose."""
    within = {one.code for one in regencies or known.regencies}
    same = [
        place.code
        for place in known.by_name.get(name, ())
        if place.district.regency.code in within
    ]
    return Match(candidates=same[:MOST_CANDIDATES], problems=[problem])
