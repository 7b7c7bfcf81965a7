"""Searching villages by name, district or code."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from villages.places.named_places import NamedPlace, named_place_in
from villages.places.village_names import (
    ALIKE,
    DISTRICT_KINDS,
    SURE,
    folded_name,
    is_regency,
    likeness,
    name_key,
)
from villages.register.models import Village
from villages.register.querysets import VillageQuerySet

#: How many candidates are named when a name is ambiguous.
CANDIDATES = 5
SUGGESTIONS = 8
#: for how many unknown names of a list similar villages are searched; more of them
#: are in a list of another area only
MOST_SEARCHED = 300


def suggestions(typed: str, user: Actor) -> list[Village]:
    """Return the first visible villages that match; none below two letters."""
    if len(typed.strip()) < 2:
        return []
    scope = Village.objects.visible_to(user).select_related("region")
    return list(ranked_villages(typed, scope)[:SUGGESTIONS])


@dataclass(frozen=True, slots=True)
class NamedVillages:
    """The villages of which the entry is name or code; if none, similar ones."""

    villages: Sequence[Village] = ()
    similar: Sequence[Village] = ()


def villages_named(
    places: Sequence[NamedPlace], user: Actor, capability: str
) -> list[NamedVillages]:
    """Return for each place the villages that it names exactly, or else similar ones.

    Exact are a code with the right name beside it or none, and a name in any spelling
    with the right district and regency beside it or none. Two queries for all entries.
    """
    scope = Village.objects.open_for(user, capability).select_related("region")
    found = _exactly_named(places, scope)
    unclear = [
        place
        for place, one in zip(places, found, strict=True)
        if not (one.villages or one.similar)
    ]
    similar = _similar(list(dict.fromkeys(unclear))[:MOST_SEARCHED], scope)
    return [
        NamedVillages(one.villages, one.similar or similar.get(place, ()))
        for place, one in zip(places, found, strict=True)
    ]


def villages_of_any_office(places: Sequence[NamedPlace]) -> list[Sequence[Village]]:
    """Return for each place the villages that it names exactly, of whatever office.

    So that no village is taken for something else: staff of other offices may read
    its name and its office, not its record. One query for all places.
    """
    scope = Village.objects.select_related("region", "office")
    return [one.villages for one in _exactly_named(places, scope)]


def _exactly_named(
    places: Sequence[NamedPlace], scope: VillageQuerySet
) -> list[NamedVillages]:
    """Return what each place names; one query. Similar are only those it may mean."""
    names = {name for one in places for name in (one.village, one.whole)}
    known = scope.filter(
        Q(region_id__in={one.code for one in places})
        | Q(region__name_key__in={name_key(name) for name in names} - {""})
    )
    by_code: dict[str, Village] = {}
    by_name: dict[str, list[Village]] = defaultdict(list)
    for village in known.order_by("name", "id"):
        by_code[village.code] = village
        by_name[village.region.name_key].append(village)
    return [_named(place, by_code, by_name) for place in places]


def _named(
    place: NamedPlace,
    by_code: Mapping[str, Village],
    by_name: Mapping[str, Sequence[Village]],
) -> NamedVillages:
    if place.code in by_code:
        return _by_code(place, by_code[place.code], by_name)
    if place.code:
        return NamedVillages()
    of_this_name = by_name.get(name_key(place.village), ())
    found = _within(place, of_this_name)
    is_of_district = DISTRICT_KINDS & set(folded(place.whole).split())
    if not (found or is_of_district) and place.village != place.whole:
        found = list(by_name.get(name_key(place.whole), ()))
    return NamedVillages(found, () if found else of_this_name)


def named_code(village: Village) -> dict[str, str]:
    """Return the details of the question about a code that nothing confirms."""
    return {"name": village.name, "code": village.code}


def is_village(place: NamedPlace, village: Village) -> bool:
    """Whether the place is the code or a spelling of the name of this village."""
    if place.code:
        return village.code == place.code
    same_name = name_key(place.village) == name_key(village.name)
    return same_name and bool(_within(place, [village]))


def _within(place: NamedPlace, villages: Iterable[Village]) -> list[Village]:
    """Return the villages in the district and regency that the place names."""
    return [
        village
        for village in villages
        if (not place.district or _is_district(place.district, village.district_name))
        and (not place.regency or is_regency(place.regency, village.regency_name))
    ]


def _by_code(
    place: NamedPlace, village: Village, by_name: Mapping[str, Sequence[Village]]
) -> NamedVillages:
    """Return the village of the code, or only offer it when the names are others."""
    alike = likeness(folded_name(place.village), folded_name(village.name))
    of_this_name = by_name.get(name_key(place.village), ())
    same_name = alike >= SURE or (alike >= ALIKE and not of_this_name)
    if _is_around(place, village) and (same_name or not place.village):
        return NamedVillages([village])
    others = [one for one in of_this_name if one != village]
    return NamedVillages(similar=[village, *others])


def _is_around(place: NamedPlace, village: Village) -> bool:
    """Whether district and regency beside a code are about those of its village."""
    same_district = (
        not place.district
        or likeness(folded_name(place.district), folded_name(village.district_name))
        >= ALIKE
        or is_regency(place.district, village.regency_name)
    )
    same_regency = not place.regency or is_regency(place.regency, village.regency_name)
    return same_district and same_regency


def _is_district(typed: str, name: str) -> bool:
    return likeness(folded_name(typed), folded_name(name)) >= SURE


def _similar(
    places: Sequence[NamedPlace], scope: VillageQuerySet
) -> dict[NamedPlace, list[Village]]:
    """Return for each place the first villages that a search finds; one query."""
    found: dict[NamedPlace, list[Village]] = {place: [] for place in places}
    if not places:
        return found
    parts = [
        _ranked(place, scope).annotate(entry=Value(number, IntegerField()))[:CANDIDATES]
        for number, place in enumerate(places)
    ]
    rows = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)
    for village in rows:
        found[places[village.entry]].append(village)  # type: ignore[attr-defined]
    return found


def ranked_villages(typed: str, scope: VillageQuerySet) -> VillageQuerySet:
    """Return matching villages, exact names and codes first."""
    return _ranked(named_place_in(typed), scope)


def _ranked(place: NamedPlace, scope: VillageQuerySet) -> VillageQuerySet:
    if not any(map(str.isalnum, f"{place.whole}{place.village}{place.code}")):
        return scope.none()
    exact = When(region_id=place.code, then=Value(0))
    named = When(region__name_key=name_key(place.village), then=Value(0))
    return (
        scope.at(place)
        .annotate(rank=Case(exact, named, default=Value(1)))
        .order_by("rank", "name_folded", "id")
    )
