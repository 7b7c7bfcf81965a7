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
    villages_of_any_office,
)

#: first words of agencies: "Dinas Contoh" is no village
KINDS = {(word,) for word in GENERAL - {"desa", "kelurahan", "kota", "kabupaten"}}

Sending: TypeAlias = Agency | Village


@dataclass(frozen=True, slots=True)
class Sender:
    """What a name stands for: one `certain` party, or `likely` ones to choose from.

    `of_that_name` are the villages with the name, `elsewhere` those that the user does
    not see: they are offered, and never certain unless they are invited.
    """

    certain: Sending | None = None
    likely: tuple[Sending, ...] = ()
    of_that_name: tuple[Village, ...] = ()
    elsewhere: tuple[Village, ...] = ()
    #: the village of a code that nothing confirms
    by_code_alone: Village | None = None


def senders_named(
    typed: Iterable[str], user: Actor, parties: Sequence[Sending]
) -> dict[str, Sender]:
    """Return what each name stands for, by `sender_key`; the invited parties first.

    The number of queries does not grow with the names.
    """
    names = list({sender_key(one): one for one in typed if folded(one)}.values())
    invited = [one for one in parties if isinstance(one, Village)]
    agencies = agencies_named(
        names, {one.pk for one in parties if isinstance(one, Agency)}
    )
    places = [named_place_in(name) for name in names]
    of_that_name = villages_of_any_office(places)
    readings = []
    for named, place, everywhere in zip(agencies, places, of_that_name, strict=True):
        own = [one for one in invited if is_village(place, one)]
        readings.append(_SenderReading(named, place, own, everywhere))
    unknown = [one for one in readings if one.needs_villages]
    found = villages_named([one.place for one in unknown], user, "village.view")
    for reading, others in zip(unknown, found, strict=True):
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
    """A name read as an agency and as a village, invited or one of the `others`.

    `of_that_name` are the villages of this name in the areas of all offices.
    """

    named: NamedAgencies
    place: NamedPlace
    invited: Sequence[Village]
    of_that_name: Sequence[Village]
    others: NamedVillages = field(default_factory=NamedVillages)

    @property
    def is_surely_village(self) -> bool:
        return bool(self.place.code) or is_called_village(self.place.village)

    @property
    def is_surely_agency(self) -> bool:
        """Whether one agency has this name, and no village can be meant instead.

        An agency that nobody has confirmed yet may be a village taken for one.
        """
        if len(self.named.agencies) != 1:
            return False
        is_confirmed = self.named.agencies[0].status == Agency.Status.CONFIRMED
        return not self.of_that_name or (is_confirmed and not self.is_surely_village)

    @property
    def needs_villages(self) -> bool:
        """Whether villages that are not invited have to be searched."""
        if self.is_surely_agency or self.invited:
            return False
        if self.of_that_name or self.is_surely_village:
            return True
        is_called_agency = words_of_agency(self.place.village)[:1] in KINDS
        is_agency = self.named.agencies or self.named.likely or is_called_agency
        return not is_agency

    def sender(self) -> Sender:
        if self.is_surely_agency:
            return Sender(certain=self.named.agencies[0])
        villages = self.invited or self.others.villages
        if len(villages) == 1 and self.place.is_code_alone:
            return Sender(likely=(villages[0],), by_code_alone=villages[0])
        elsewhere = () if villages else tuple(self.of_that_name)
        agencies: list[Sending] = [*self.named.agencies, *self.named.likely]
        places: list[Sending] = [*villages, *elsewhere, *self.others.similar]
        of_that_name = tuple(self.of_that_name)
        if len(villages) == 1 and self._means(villages[0]):
            # an agency of that name stays a choice: nobody has confirmed it
            return Sender(villages[0], self.named.agencies, of_that_name)
        likely = (
            [*places, *agencies] if self.is_surely_village else [*agencies, *places]
        )
        return Sender(None, tuple(dict.fromkeys(likely)), of_that_name, elsewhere)

    def _means(self, village: Village) -> bool:
        """Whether the name can only be this village, not an agency or its district."""
        if any(one.status == Agency.Status.CONFIRMED for one in self.named.agencies):
            return False
        return self.is_surely_village or (
            village in self.invited
            and not self.named.likely
            and folded_name(village.name) != folded_name(village.district_name)
        )
