"""What matching a text to the official villages gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from villages.places.selectors.gazetteer import Gazetteer, GazetteerVillage
from villages.places.village_names import name_key

#: a problem or a note: its key, and the details for its sentence
Remark: TypeAlias = tuple[str, dict[str, str]]
HALF_SURE = 50
MOST_CANDIDATES = 12


@dataclass(slots=True)
class Match:
    """The matched village; with a problem, `candidates` are codes to choose from."""

    place: GazetteerVillage | None = None
    confidence: int = 0
    candidates: Sequence[str] = ()
    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def codes_of_name(name: str, known: Gazetteer) -> list[str]:
    """Return the codes of all villages of this name."""
    return [one.code for one in known.by_name.get(name_key(name), ())]
