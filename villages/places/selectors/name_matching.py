"""Match a village by its name, its district and its regency."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from villages.places.named_places import NamedPlace
from villages.places.selectors.gazetteer import (
    Gazetteer,
    GazetteerDistrict,
    GazetteerRegency,
    GazetteerVillage,
)
from villages.places.selectors.matches import (
    HALF_SURE,
    MOST_CANDIDATES,
    Match,
    Remark,
)
from villages.places.village_names import (
    ALIKE,
    SURE,
    folded_name,
    folded_regency,
    is_called_village,
    likeness,
    name_key,
)

MOST_IN_DISTRICT = 30
#: above this number of villages, similar names are not searched
MOST_COMPARED = 2_500
BLANK_DISTRICT = 92
BLANK_REGENCY = 95


def match_by_names(named: NamedPlace, known: Gazetteer) -> Match:
    name = folded_name(named.village)
    if not name:
        return Match(problems=[("no_village", {})])
    regencies = _regencies(named, known)
    if not regencies:
        return _elsewhere(name, known, ("unknown_regency", {"name": named.regency}))
    districts, sure = _districts(named, regencies)
    if not districts:
        typed = {"name": named.district}
        return _elsewhere(name, known, ("unknown_district", typed), regencies)
    pool = [place for district in districts for place in district.villages]
    same = [place for place in pool if place.folded == name]
    if len(same) == 1:
        same_name_districts = _districts_of_same_name(name, named, districts)
        return _found(same[0], named, sure, same_name_districts)
    if same:
        codes = [place.code for place in same][:MOST_CANDIDATES]
        count = {"count": str(len(same))}
        problems: list[Remark] = [("several", count)]
        return Match(candidates=codes, problems=problems, confidence=HALF_SURE)
    return (
        _listed_district(name, named, districts)
        or _alike(name, named, pool, sure)
        or _in_other_district(name, named, regencies, known)
        or Match(problems=[("unknown_village", {"name": named.village})])
    )


def _districts_of_same_name(
    name: str, named: NamedPlace, districts: Iterable[GazetteerDistrict]
) -> list[GazetteerDistrict]:
    """Return districts that have the name in the village column of the row."""
    if named.district or is_called_village(named.village):
        return []
    return [district for district in districts if district.folded == name]


def _found(
    place: GazetteerVillage,
    named: NamedPlace,
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
    if not named.district:
        found.confidence = min(sure, BLANK_DISTRICT)
        found.notes.append(("blank_district", {"district": place.district.name}))
    elif not named.regency:
        found.confidence = min(sure, BLANK_REGENCY)
    if sure < SURE:
        found.candidates = [place.code]
        typed = {"name": named.district, "like": place.district.name}
        found.problems.append(("similar_district", typed))
    return found


def _regencies(named: NamedPlace, known: Gazetteer) -> list[GazetteerRegency]:
    if not named.regency:
        return known.regencies
    exact = known.regencies_named(named.regency)
    if exact:
        return exact
    kind, name = folded_regency(named.regency)
    return [
        one
        for one in known.regencies
        if kind in ("", one.folded[0]) and likeness(name, one.folded[1]) >= SURE
    ]


def _districts(
    named: NamedPlace, regencies: Iterable[GazetteerRegency]
) -> tuple[list[GazetteerDistrict], int]:
    """Return the best matching districts and the confidence; all when blank."""
    within = [district for regency in regencies for district in regency.districts]
    name = folded_name(named.district)
    if not name:
        return within, 100
    ranked = [(likeness(name, district.folded), district) for district in within]
    best = max((alike for alike, _district in ranked), default=0)
    if best < ALIKE:
        return [], 0
    return [district for alike, district in ranked if alike == best], best


def _listed_district(
    name: str, named: NamedPlace, districts: Sequence[GazetteerDistrict]
) -> Match | None:
    """Match a district named in the village column: offer its villages."""
    meant = [district for district in districts if district.folded == name]
    if not meant:
        return None
    codes = [place.code for district in meant for place in district.villages]
    return Match(
        candidates=codes[:MOST_IN_DISTRICT],
        problems=[("district_as_village", {"name": named.village})],
    )


def _alike(
    name: str, named: NamedPlace, pool: Sequence[GazetteerVillage], sure: int
) -> Match | None:
    """Match by a similar name; offer the most similar villages first."""
    if len(pool) > MOST_COMPARED:
        return None
    ranked = [(likeness(name, place.folded), place) for place in pool]
    ranked = [one for one in ranked if one[0] >= ALIKE]
    ranked.sort(key=itemgetter(0), reverse=True)
    if not ranked:
        return None
    best, place = ranked[0]
    if best >= SURE and all(alike < SURE for alike, _place in ranked[1:]):
        return _found(place, named, min(best, sure))
    codes = [one.code for _alike, one in ranked][:MOST_CANDIDATES]
    typed = {"name": named.village, "like": place.name}
    return Match(place, min(best, sure), codes, [("similar_village", typed)])


def _in_other_district(
    name: str,
    named: NamedPlace,
    regencies: Iterable[GazetteerRegency],
    known: Gazetteer,
) -> Match | None:
    """Offer the villages of that name in other districts of the regency."""
    within = {regency.code for regency in regencies}
    found = [
        place
        for place in known.by_name.get(name_key(name), ())
        if place.district.regency.code in within
    ]
    if not found:
        return None
    details = {
        "name": named.village,
        "typed": named.district,
        "district": ", ".join(place.district.name for place in found[:MOST_CANDIDATES]),
    }
    codes = [place.code for place in found][:MOST_CANDIDATES]
    if len(found) > 1:
        problems: list[Remark] = [("in_other_districts", details)]
        return Match(candidates=codes, problems=problems)
    return Match(found[0], HALF_SURE, codes, [("in_other_district", details)])


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
        for place in known.by_name.get(name_key(name), ())
        if place.district.regency.code in within
    ]
    return Match(candidates=same[:MOST_CANDIDATES], problems=[problem])
