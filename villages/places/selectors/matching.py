"""Match what somebody wrote to an official village, with a confidence in percent."""

from collections.abc import Mapping
from dataclasses import replace

from villages.places.named_places import NamedPlace, named_place_of
from villages.places.selectors.gazetteer import Gazetteer, GazetteerVillage
from villages.places.selectors.matches import (
    HALF_SURE,
    MOST_CANDIDATES,
    Match,
    codes_of_name,
)
from villages.places.selectors.name_matching import match_by_names
from villages.places.village_names import (
    ALIKE,
    SURE,
    folded_name,
    is_regency,
    likeness,
    name_key,
)

CODE_WITHOUT_NAME = 99


def match(
    cells: Mapping[str, str],
    known: Gazetteer,
    chosen: str = "",
    above: Mapping[str, str] | None = None,
) -> Match:
    """Match the row by code, else by names; a `chosen` village always counts.

    `above` holds the district and the regency of an earlier row where this row leaves
    them blank: they are offered, and asked about.
    """
    if chosen and chosen in known.by_code:
        return Match(known.by_code[chosen], 100)
    named = named_place_of(cells)
    if name_key(named.whole) in known.by_name:
        named = replace(
            named,
            village=named.whole,
            district=cells.get("district", ""),
            regency=cells.get("regency", ""),
        )
    if named.code in known.by_code:
        return _by_code(named, known.by_code[named.code], known)
    found = (
        _below_filled(named, above, known) if above else match_by_names(named, known)
    )
    if typed := cells.get("ministry_code") or cells.get("code", ""):
        _doubt_code(found, typed)
    return found


# --- By code -----------------------------------------------------------------


def _doubt_code(found: Match, typed: str) -> None:
    """Ask about a code that no village has, also when the names fit a village."""
    if found.place is None or found.problems:
        found.problems.insert(0, ("unknown_code", {"code": typed}))
        return
    details = {"code": typed, "name": found.place.name}
    found.problems.append(("unknown_code_of_name", details))
    found.confidence = HALF_SURE
    found.candidates = [found.place.code]


def _by_code(named: NamedPlace, place: GazetteerVillage, known: Gazetteer) -> Match:
    district = folded_name(named.district)
    if district and likeness(district, place.district.folded) < ALIKE:
        return _code_elsewhere(named, place, known)
    if named.regency and not is_regency(named.regency, place.district.regency.name):
        return _code_elsewhere(named, place, known)
    name = folded_name(named.village)
    if not name:
        if not named.is_code_alone:
            return Match(place, CODE_WITHOUT_NAME)
        problem = ("code_alone", {"code": place.code, "name": place.name})
        return Match(place, HALF_SURE, [place.code], [problem])
    alike = likeness(name, place.folded)
    if alike >= SURE or (
        alike >= ALIKE and not _is_of_other_village(name, place, known)
    ):
        return Match(place, 100 if alike == 100 else max(alike, 90))
    codes = [place.code, *codes_of_name(name, known)]
    details = {"code": place.code, "name": place.name}
    return Match(
        place,
        HALF_SURE,
        list(dict.fromkeys(codes))[:MOST_CANDIDATES],
        [("code_and_name_differ", details)],
    )


def _is_of_other_village(name: str, place: GazetteerVillage, known: Gazetteer) -> bool:
    """Return whether the name is exactly that of another village of the regency."""
    regency = place.district.regency
    return any(
        other.district.regency is regency
        for other in known.by_name.get(name_key(name), ())
    )


def _code_elsewhere(
    named: NamedPlace, place: GazetteerVillage, known: Gazetteer
) -> Match:
    """Return the doubt about a code whose district or regency the row contradicts."""
    codes = [place.code, *codes_of_name(folded_name(named.village), known)]
    details = {
        "code": place.code,
        "name": place.name,
        "district": place.district.name,
        "regency": place.district.regency.name,
    }
    return Match(
        place,
        HALF_SURE,
        list(dict.fromkeys(codes))[:MOST_CANDIDATES],
        [("code_elsewhere", details)],
    )


# --- Below a filled cell ------------------------------------------------------


def _below_filled(
    named: NamedPlace, above: Mapping[str, str], known: Gazetteer
) -> Match:
    """Offer the village within the district of an earlier row, and those elsewhere."""
    around = replace(
        named,
        district=above.get("district", named.district),
        regency=above.get("regency", named.regency),
    )
    inside = match_by_names(around, known)
    anywhere = codes_of_name(folded_name(named.village), known)
    first = [inside.place.code] if inside.place else list(inside.candidates)
    problem = ("blank_below", {"above": ", ".join(filter(None, above.values()))})
    return Match(
        inside.place,
        HALF_SURE if inside.place else 0,
        list(dict.fromkeys([*first, *anywhere]))[:MOST_CANDIDATES],
        [problem, *(one for one in inside.problems if not inside.place)],
    )
