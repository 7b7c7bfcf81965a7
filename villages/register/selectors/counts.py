"""How many villages were proposed, designated, inactive or revoked on a day.

Every figure comes from the decrees: each holds from its day until the next one's.
A village counts as proposed from its proposal until that ends, by decree or without.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from villages.register.models import Designation, Proposal, Village
from villages.register.querysets import VillageQuerySet

_VERB = Designation.Verb
#: state -> the decrees that order it
ORDERED_BY: Mapping[str, tuple[str, ...]] = {
    Village.Status.DESIGNATED: (_VERB.DESIGNATE, _VERB.REACTIVATE),
    Village.Status.INACTIVE: (_VERB.DEACTIVATE,),
    Village.Status.REVOKED: (_VERB.REVOKE,),
}


@dataclass(frozen=True, slots=True)
class StateCounts:
    """Villages by state on one day."""

    proposed: int = 0
    designated: int = 0
    inactive: int = 0
    revoked: int = 0

    def __add__(self, other: "StateCounts") -> "StateCounts":
        return StateCounts(*map(sum, zip(astuple(self), astuple(other), strict=True)))


class OfficeAndRegency(NamedTuple):
    """An office and a regency in which it fosters villages."""

    office_id: int
    office: str
    regency_id: str
    regency: str


PLACE = ("office_id", "office__short_name", "regency_id", "regency_name")
CountsByPlace = Mapping[OfficeAndRegency, StateCounts]
Figures = dict[str, int]


def counts_by_place(days: Sequence[date], user: Actor) -> list[CountsByPlace]:
    """Return the visible villages by place and state for each day; two queries."""
    waiting = {f"proposed_{number}": waiting_on(day) for number, day in enumerate(days)}
    decreed = {
        f"{state}_{number}": holding_on(day) & Q(verb__in=verbs)
        for number, day in enumerate(days)
        for state, verbs in ORDERED_BY.items()
    }
    figures: dict[OfficeAndRegency, dict[str, int]] = defaultdict(dict)
    for rows, wanted in ((Proposal.objects, waiting), (Designation.objects, decreed)):
        for place, counted in _by_place(rows.all(), wanted, user):
            figures[place] |= counted
    return [
        {
            place: _counts(number, figures[place])
            for place in sorted(figures, key=lambda one: [*map(folded, one[1::2])])
        }
        for number, _day in enumerate(days)
    ]


def countable_by(user: Actor) -> VillageQuerySet:
    """Return the villages this user may read, or may count without reading."""
    readable = Village.objects.open_for(user, "village.view")
    return readable | Village.objects.open_for(user, "totals.view")


def known_on(villages: VillageQuerySet, day: date) -> VillageQuerySet:
    """Return those that were proposed on that day, or had a decree by then."""
    decreed = Designation.objects.filter(village=OuterRef("pk"), decree_date__lte=day)
    return villages.filter(Exists(_waiting_rows(day)) | Exists(decreed))


def in_state_on(rows: QuerySet[Any, Any], state: str, day: date) -> QuerySet[Any, Any]:
    """Return rows known on that day that were in this state."""
    if state not in ORDERED_BY:
        return rows.filter(Exists(_waiting_rows(day)))
    decrees = Designation.objects.filter(village=OuterRef("pk"))
    deciding = decrees.filter(holding_on(day), verb__in=ORDERED_BY[state])
    return rows.filter(Exists(deciding))


def state_by(decree: Mapping[str, str] | None) -> str:
    """Return the state that the decree orders; without one, proposed."""
    if decree is None:
        return Village.Status.PROPOSED
    return next(state for state, verbs in ORDERED_BY.items() if decree["verb"] in verbs)


def waiting_on(day: date) -> Q:
    """Return the filter for proposals that waited for a decree on that day."""
    return Q(proposed_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def holding_on(day: date) -> Q:
    """Return the filter for decrees that order a village's state on that day."""
    return Q(decree_date__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def _counts(number: int, figures: Figures) -> StateCounts:
    states = (Village.Status.PROPOSED, *ORDERED_BY)
    return StateCounts(*(figures.get(f"{state}_{number}", 0) for state in states))


def _waiting_rows(day: date) -> QuerySet[Proposal]:
    return Proposal.objects.filter(waiting_on(day), village=OuterRef("pk"))


def _by_place(
    rows: QuerySet[Any, Any], wanted: Mapping[str, Q], user: Actor
) -> Iterator[tuple[OfficeAndRegency, Figures]]:
    """Yield the counts of rows by the place of their village; one query."""
    counts = {name: Count("pk", filter=which) for name, which in wanted.items()}
    places = {name: F(f"village__{name}") for name in PLACE}
    found = rows.filter(village__in=countable_by(user)).order_by().values(**places)
    for row in found.annotate(**counts):
        yield OfficeAndRegency(*(row.pop(name) for name in PLACE)), row
