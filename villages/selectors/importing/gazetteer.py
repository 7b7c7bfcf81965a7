"""The official regions that a list may mean, in memory: no query per row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Left

from villages.models import Office, Region, ServiceArea
from villages.selectors.importing.folding import code_in, folded_name, folded_regency


@dataclass(frozen=True, slots=True)
class Place:
    """A village with the names it is known by."""

    code: str
    name: str
    folded: str
    district: "District"


@dataclass(slots=True)
class District:
    code: str
    name: str
    folded: str
    regency: "Regency"
    villages: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Regency:
    code: str
    name: str
    folded: tuple[str, str]
    districts: list[District] = field(default_factory=list)


@dataclass(slots=True)
class Gazetteer:
    """Regencies with all that lies in them, villages by code, and whose care it is.

    `others` holds names of regencies that exist, but were not asked for.
    """

    regencies: list[Regency] = field(default_factory=list)
    by_code: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    care: Mapping[str, int] = field(default_factory=dict)

    def office_of(self, code: str) -> int | None:
        """The office in whose care the region lies: the most specific area wins."""
        while code:
            if code in self.care:
                return self.care[code]
            code = code.rpartition(".")[0]
        return None

    def regencies_named(self, typed: str) -> list[Regency]:
        kind, name = folded_regency(typed)
        return [
            one
            for one in self.regencies
            if one.folded[1] == name and kind in ("", one.folded[0])
        ]


def gazetteer_for(rows: Iterable[Mapping[str, str]], office: Office) -> Gazetteer:
    """What the rows may mean: the regencies they name, and those in the office's care.

    Four queries, however many rows.
    """
    care = dict(ServiceArea.objects.values_list("region_id", "office_id"))
    own = own_offices(office)
    regencies = list(
        Region.objects.current()
        .filter(level=Region.Level.REGENCY)
        .values_list("code", "name")
    )
    wanted = _named(rows, regencies)
    wanted |= {
        code
        for code, _name in regencies
        for area, keeper in care.items()
        if keeper in own and (area.startswith(code) or code.startswith(area))
    }
    found = Gazetteer(care=care)
    _fill(found, [row for row in regencies if row[0] in wanted])
    return found


def own_offices(office: Office) -> set[int]:
    """The office and those under it."""
    branches = Office.objects.filter(parent=office).values_list("pk", flat=True)
    return {office.pk, *branches}


def _named(
    rows: Iterable[Mapping[str, str]], regencies: Sequence[tuple[str, str]]
) -> set[str]:
    """The codes of the regencies that some row names, by code or by name."""
    typed = {row.get("regency", "") for row in rows}
    codes = {code_in(row.get("code", ""))[:5] for row in rows}
    names = {folded_regency(name)[1] for name in typed if name}
    return {
        code
        for code, name in regencies
        if code in codes or folded_regency(name)[1] in names
    }


def _fill(found: Gazetteer, regencies: Sequence[tuple[str, str]]) -> None:
    parts = {
        code: Regency(code, name, folded_regency(name)) for code, name in regencies
    }
    found.regencies.extend(parts.values())
    regions = (
        Region.objects.current()
        .annotate(within=Left("code", 5))
        .filter(within__in=parts, level__gte=Region.Level.DISTRICT)
    )
    districts: dict[str, District] = {}
    for level, code, name in regions.order_by("level", "code").values_list(
        "level", "code", "name"
    ):
        above = code.rpartition(".")[0]
        if level == Region.Level.DISTRICT and above in parts:
            districts[code] = District(code, name, folded_name(name), parts[above])
            parts[above].districts.append(districts[code])
        elif above in districts:
            place = Place(code, name, folded_name(name), districts[above])
            districts[above].villages.append(place)
            found.by_code[code] = place
            found.by_name[place.folded].append(place)
