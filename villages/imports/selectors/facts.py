"""The facts about a village in the cells of a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.text.coordinates import coordinate_in
from desabinaan.lib.text.dates import day_in
from desabinaan.lib.text.folding import folded
from desabinaan.lib.text.numbers import whole_number_in
from desabinaan.lib.text.telephones import telephone_in
from desabinaan.uploads.refusals import refusal_of
from desabinaan.uploads.sheets.rows import LONGEST_CELL
from villages.places.coordinates import lies_inside
from villages.places.selectors.matches import Remark
from villages.register.models import Village
from villages.register.values import LARGEST, LONGEST_TEXTS

STATES = {
    "diusulkan": Village.Status.PROPOSED,
    "usulan": Village.Status.PROPOSED,
    "proposed": Village.Status.PROPOSED,
    "ditetapkan": Village.Status.DESIGNATED,
    "aktif": Village.Status.DESIGNATED,
    "sudah sk": Village.Status.DESIGNATED,
    "designated": Village.Status.DESIGNATED,
    "nonaktif": Village.Status.INACTIVE,
    "non aktif": Village.Status.INACTIVE,
    "inactive": Village.Status.INACTIVE,
    "dicabut": Village.Status.REVOKED,
    "revoked": Village.Status.REVOKED,
}
LONGEST = {
    "decree_number": 100,
    "signatory": 150,
    "officer": 120,
    "letter_number": 100,
    "contact_name": 120,
    "contact_position": 100,
    "reason": LONGEST_TEXTS["reason"],
}
NUMBERS = {"population", "households", "latitude", "longitude"}
FIVE_PLACES = Decimal("0.00001")


#: what says in the cell of the inhabitants that nobody lives there, folded
UNINHABITED = {"tidak berpenghuni", "tak berpenghuni", "uninhabited"}


@dataclass(slots=True)
class Facts:
    """Values by column name, without blank cells, and what could not be read.

    Such a value is also `is_uninhabited`: that the village has 0 inhabitants.
    """

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Remark] = field(default_factory=list)

    @property
    def decree(self) -> tuple[str, date, str] | None:
        """Return number, date and signatory, if the row has all three."""
        if not all(self.values.get(name) for name in DECREE):
            return None
        number, day, signatory = (self.values[name] for name in DECREE)
        return number, day, signatory


DECREE = ("decree_number", "decree_date", "signatory")


def facts_of(cells: Mapping[str, str]) -> Facts:
    """Convert every filled cell to a value; unreadable cells become problems."""
    cells = {name: cell for name, cell in cells.items() if not _is_blank(name, cell)}
    facts = Facts()
    for name, reader in READERS.items():
        cell = cells.get(name, "")
        if not cell:
            continue
        if name == "population" and folded(cell) in UNINHABITED:
            facts.values |= {name: 0, "is_uninhabited": True}
            continue
        try:
            facts.values[name] = reader(cell)
        except ValidationError as refusal:
            facts.problems.append(_problem(name, cell, refusal))
    for name, longest in LONGEST.items():
        _store_text(facts, name, cells.get(name, ""), longest)
    _check_decree(facts, cells)
    _check_coordinates(facts, cells)
    return facts


def _problem(name: str, cell: str, refusal: ValidationError) -> Remark:
    if refusal.code in {"serial", "month_first", "shortened"}:
        return refusal_of(lambda: READERS[name](cell))
    return f"bad_{name}", {"cell": cell}


def _is_blank(name: str, cell: str) -> bool:
    """Tell whether the cell says nothing; in a column of numbers "0" is a number."""
    return says_nothing(cell) and not (name in NUMBERS and cell.strip() == "0")


def _store_text(facts: Facts, name: str, cell: str, longest: int) -> None:
    if len(cell) > LONGEST_CELL:
        return  # asked about in every list
    if len(cell) > longest:
        facts.problems.append(("too_long", {"cell": cell[:40], "limit": str(longest)}))
    elif cell:
        facts.values[name] = cell


def _check_decree(facts: Facts, cells: Mapping[str, str]) -> None:
    given = [name for name in DECREE if cells.get(name)]
    if given and len(given) < len(DECREE):
        facts.problems.append(("decree_incomplete", {}))
    day = facts.values.get("decree_date")
    if day and day > timezone.localdate():
        facts.problems.append(("future_decree", {"day": day.isoformat()}))


def _check_coordinates(facts: Facts, cells: Mapping[str, str]) -> None:
    latitude, longitude = map(facts.values.get, ("latitude", "longitude"))
    if latitude is None or longitude is None:
        if bool(cells.get("latitude")) != bool(cells.get("longitude")):
            facts.problems.append(("half_coordinates", {}))
    elif lies_inside(latitude, longitude):
        pass
    elif lies_inside(longitude, latitude):
        facts.problems.append(("swapped_coordinates", {}))
    else:
        facts.problems.append(("outside_indonesia", {}))


# --- Readers -----------------------------------------------------------------


def _state(cell: str) -> str:
    try:
        return STATES[folded(cell)].value
    except KeyError as unknown:
        raise ValidationError(cell) from unknown


def _degrees(cell: str) -> Decimal:
    value = coordinate_in(cell)
    if value is None or abs(value) > 180:
        raise ValidationError(cell)
    return value.quantize(FIVE_PLACES)


def _count(largest: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        value = whole_number_in(cell)
        if value is None or not 0 <= value <= largest:
            raise ValidationError(cell)
        return value

    return read


def _names(cell: str) -> list[str]:
    parts = cell.replace(",", ";").split(";")
    return [part.strip() for part in parts if part.strip()]


READERS: dict[str, Callable[[str], Any]] = {
    "status": _state,
    "decree_date": day_in,
    "letter_date": day_in,
    "latitude": _degrees,
    "longitude": _degrees,
    "population": _count(LARGEST["population"]),
    "households": _count(LARGEST["households"]),
    "schemes": _names,
    "contact_phone": telephone_in,
}
