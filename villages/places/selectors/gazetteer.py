"""The official regions that a list may name, in memory: no query per row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Left

from villages.places.models import Office, Region, ServiceArea
from villages.places.named_places import named_place_in
from villages.places.village_names import folded_name, folded_regency, name_key

#: columns that may name a village with its district and regency, or by its code
ONE_LINE = ("code", "ministry_code", "village")


@dataclass(frozen=True, slots=True)
class GazetteerVillage:
    """An official village; `folded` is its name as it compares."""

    code: str
    name: str
    folded: str
    district: "GazetteerDistrict"


@dataclass(slots=True)
class GazetteerDistrict:
    code: str
    name: str
    folded: str
    regency: "GazetteerRegency"
    villages: list[GazetteerVillage] = field(default_factory=list)


@dataclass(slots=True)
class GazetteerRegency:
    code: str
    name: str
    folded: tuple[str, str]
    districts: list[GazetteerDistrict] = field(default_factory=list)


@dataclass(slots=True)
class Gazetteer:
    """Regencies with their districts and villages, and the office of each area.

    `by_name` holds villages by `name_key`; `care` maps region codes of any level to
    the responsible office.
    """

    regencies: list[GazetteerRegency] = field(default_factory=list)
    by_code: dict[str, GazetteerVillage] = field(default_factory=dict)
    by_name: dict[str, list[GazetteerVillage]] = field(
        default_factory=lambda: defaultdict(list)
    )
    care: Mapping[str, int] = field(default_factory=dict)

    def office_of(self, code: str) -> int | None:
        """Return the office responsible for the region; the most specific area wins."""
        while code:
            if code in self.care:
                return self.care[code]
            code = code.rpartition(".")[0]
        return None

    def regencies_named(self, typed: str) -> list[GazetteerRegency]:
        kind, name = folded_regency(typed)
        return [
            one
            for one in self.regencies
            if one.folded[1] == name and kind in ("", one.folded[0])
        ]


def gazetteer_for(rows: Sequence[Mapping[str, str]], office: Office) -> Gazetteer:
    """Load the regencies that the rows name and those in the office's area.

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
    """Return the ids of the office and its branches."""
    branches = Office.objects.filter(parent=office).values_list("pk", flat=True)
    return {office.pk, *branches}


def _named(
    rows: Sequence[Mapping[str, str]], regencies: Sequence[tuple[str, str]]
) -> set[str]:
    """Return the codes of the regencies that any row names, by code or by name."""
    named = [named_place_in(row.get(name, "")) for row in rows for name in ONE_LINE]
    typed = {row.get("regency", "") for row in rows} | {one.regency for one in named}
    codes = {one.code[:5] for one in named}
    names = {folded_regency(name)[1] for name in typed if name}
    return {
        code
        for code, name in regencies
        if code in codes or folded_regency(name)[1] in names
    }


def _fill(found: Gazetteer, regencies: Sequence[tuple[str, str]]) -> None:
    parts = {
        code: GazetteerRegency(code, name, folded_regency(name))
        for code, name in regencies
    }
    found.regencies.extend(parts.values())
    regions = (
        Region.objects.current()
        .annotate(within=Left("code", 5))
        .filter(within__in=parts, level__gte=Region.Level.DISTRICT)
    )
    districts: dict[str, GazetteerDistrict] = {}
    for level, code, name in regions.order_by("level", "code").values_list(
        "level", "code", "name"
    ):
        above = code.rpartition(".")[0]
        if level == Region.Level.DISTRICT and above in parts:
            districts[code] = GazetteerDistrict(
                code, name, folded_name(name), parts[above]
            )
            parts[above].districts.append(districts[code])
        elif above in districts:
            place = GazetteerVillage(code, name, folded_name(name), districts[above])
            districts[above].villages.append(place)
            found.by_code[code] = place
            found.by_name[name_key(name)].append(place)
