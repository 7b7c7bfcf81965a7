"""Agencies that a typed name stands for: exactly, likely, or none."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from desabinaan.lib.text.folding import folded
from fgd.agencies.agency_names import (
    LIKELY,
    likeness,
    with_initials_written_out,
    with_mistakes_corrected,
    words_of_agency,
)
from fgd.agencies.agency_words import LEVELS
from fgd.agencies.models import Agency
from villages.places.models import Region

MOST_LIKELY = 5
IN_BRACKETS = re.compile(r"\([^()]*\)")

#: a name as it compares -> agencies of that name, also merged ones
Names: TypeAlias = dict[object, list[Agency]]


@dataclass(frozen=True, slots=True)
class NamedAgencies:
    """The agencies of exactly this name; if none, those that may be meant.

    A merged agency is replaced by its successor; `is_merged` says that only merged
    ones have the name.
    """

    agencies: tuple[Agency, ...] = ()
    likely: tuple[Agency, ...] = ()
    is_merged: bool = False


def agencies_named(
    typed: Sequence[str], first: Collection[int] = ()
) -> list[NamedAgencies]:
    """Return for each entry the agencies with this name, or else likely ones.

    A full name goes before a short name, and both before a name that only has the same
    words. Agencies with an id in `first` lead the likely ones. Two queries.
    """
    entries = {entry for entry in typed if folded(entry)}
    if not entries:
        return [NamedAgencies() for _entry in typed]
    listed = _listed()
    found = {entry: _named(entry, listed, first) for entry in entries}
    return [found.get(entry, NamedAgencies()) for entry in typed]


@dataclass
class _Listed:
    """All agencies by full name, short name and words; and the words of places."""

    by_name: Names = field(default_factory=lambda: defaultdict(list))
    by_short: Names = field(default_factory=lambda: defaultdict(list))
    by_words: Names = field(default_factory=lambda: defaultdict(list))
    names: list[tuple[tuple[str, ...], Agency]] = field(default_factory=list)
    vocabulary: set[str] = field(default_factory=set)

    @cached_property
    def places(self) -> frozenset[str]:
        """Return the words in the names of provinces and regencies."""
        names = Region.objects.filter(level__lte=2).values_list("name", flat=True)
        words = {word for name in names for word in words_of_agency(name)}
        return frozenset(words - LEVELS)


def _listed() -> _Listed:
    listed = _Listed()
    for row in Agency.objects.select_related("successor").order_by("pk"):
        listed.by_name[folded(row.name)].append(row)
        listed.by_short[folded(row.short_name)].append(row)
        for name in {row.name, IN_BRACKETS.sub(" ", row.name), row.short_name}:
            words = words_of_agency(name)
            listed.by_words[frozenset(words)].append(row)
            listed.names.append((words, row.successor or row))
            listed.vocabulary.update(words)
    return listed


def _named(entry: str, listed: _Listed, first: Collection[int]) -> NamedAgencies:
    words = words_of_agency(entry)
    found = (
        listed.by_name.get(folded(entry))
        or listed.by_short.get(folded(entry))
        or listed.by_words.get(frozenset(words))
    )
    if found:
        current = {(row.successor or row).pk: row.successor or row for row in found}
        is_merged = all(row.successor is not None for row in found)
        return NamedAgencies(tuple(current.values()), is_merged=is_merged)
    return NamedAgencies(likely=_likely(words, listed, first))


def _likely(
    words: Sequence[str], listed: _Listed, first: Collection[int]
) -> tuple[Agency, ...]:
    alike: dict[Agency, int] = defaultdict(int)
    typed = with_mistakes_corrected(words, listed.vocabulary)
    for name, agency in listed.names:
        meant = with_initials_written_out(typed, name)
        alike[agency] = max(
            alike[agency], likeness(meant, frozenset(name), listed.places)
        )
    likely = [agency for agency, percent in alike.items() if percent >= LIKELY]
    likely.sort(key=lambda one: (one.pk not in first, -alike[one], one.pk))
    return tuple(likely[:MOST_LIKELY])
