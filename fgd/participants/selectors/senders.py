"""The agency or village that a pasted name stands for: certain, likely, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded, without_case
from fgd.agencies.agency_names import words_of_agency
from fgd.agencies.agency_words import GENERAL
from fgd.agencies.models import Agency
from fgd.agencies.selectors.named_agencies import NamedAgencies, agencies_named
from villages.places.named_places import NamedPlace, named_place_in
from villages.places.village_names import folded_name, is_called_village
from villages.register.models import Village
from villages.register.selectors.search import (
    NamedVillages,
    is_village,
    villages_named,
)

#: the villages of so many names are looked up in one query
NAMES_AT_ONCE = 100

#: first words of agencies: "Dinas Contoh" is no village
KINDS = {(word,) for word in GENERAL - {"desa", "kelurahan", "kota", "kabupaten"}}

Sending: TypeAlias = Agency | Village


@dataclass(frozen=True, slots=True)
class Sender:
    """What a name stands for: one `certain` party, or `likely` ones to choose from."""

    certain: Sending | None = None
    likely: tuple[Sending, ...] = ()
    #: the village of a code that nothing confirms
    by_code_alone: Village | None = None


def senders_named(
    typed: Iterable[str], user: Actor, parties: Sequence[Sending]
) -> dict[str, Sender]:
    """Return what each name stands for, by `sender_key`; the invited parties first.

    The number of queries grows only with every hundred names of villages.
    """
    names = list({sender_key(one): one for one in typed if folded(one)}.values())
    invited = [one for one in parties if isinstance(one, Village)]
    agencies = agencies_named(
        names, {one.pk for one in parties if isinstance(one, Agency)}
    )
    readings = []
    for name, named in zip(names, agencies, strict=True):
        place = named_place_in(name)
        own = [one for one in invited if is_village(place, one)]
        readings.append(_SenderReading(named, place, own))
    unknown = [one for one in readings if one.needs_villages]
    for first in range(0, len(unknown), NAMES_AT_ONCE):
        part = unknown[first : first + NAMES_AT_ONCE]
        found = villages_named([one.place for one in part], user, "village.view")
        for reading, others in zip(part, found, strict=True):
            reading.others = others
    return {
        sender_key(name): one.sender()
        for name, one in zip(names, readings, strict=True)
    }


def sender_key(typed: str) -> str:
    """Return the name by which equal senders of a list are recognised."""
    return without_case(typed)


@dataclass(slots=True)
class _SenderReading:
    """A name read as an agency and as a village, invited or one of the `others`."""

    named: NamedAgencies
    place: NamedPlace
    invited: Sequence[Village]
    others: NamedVillages = field(default_factory=NamedVillages)

    @property
    def is_surely_village(self) -> bool:
        return bool(self.place.code) or is_called_village(self.place.village)

    @property
    def needs_villages(self) -> bool:
        """Whether villages that are not invited have to be searched."""
        if self.named.agencies or self.invited:
            return False
        is_called_agency = words_of_agency(self.place.village)[:1] in KINDS
        return self.is_surely_village or not (self.named.likely or is_called_agency)

    def sender(self) -> Sender:
        if len(self.named.agencies) == 1:
            return Sender(certain=self.named.agencies[0])
        villages = self.invited or self.others.villages
        if len(villages) == 1 and self.place.is_code_alone:
            return Sender(likely=(villages[0],), by_code_alone=villages[0])
        if len(villages) == 1 and self._means(villages[0]):
            return Sender(certain=villages[0])
        agencies: list[Sending] = [*self.named.agencies, *self.named.likely]
        places: list[Sending] = [*villages, *self.others.similar]
        likely = (
            [*places, *agencies] if self.is_surely_village else [*agencies, *places]
        )
        return Sender(likely=tuple(dict.fromkeys(likely)))

    def _means(self, village: Village) -> bool:
        """Whether the name can only be this village, not an agency or its district."""
        return self.is_surely_village or (
            village in self.invited
            and not self.named.likely
            and folded_name(village.name) != folded_name(village.district_name)
        )
