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
from villages.models import Designation, Proposal, Village
from villages.querysets import VillageQuerySet

_VERB = Designation.Verb
#: state -> the decrees that order it
ORDERED_BY: Mapping[str, tuple[str, ...]] = {
    Village.Status.DESIGNATED: (_VERB.DESIGNATE, _VERB.REACTIVATE),
    Village.Status.INACTIVE: (_VERB.DEACTIVATE,),
    Village.Status.REVOKED: (_VERB.REVOKE,),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Villages by state on one day."""

    proposed: int = 0
    designated: int = 0
    inactive: int = 0
    revoked: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(astuple(self), astuple(other), strict=True)))


class Place(NamedTuple):
    """An office and a regency in which it fosters villages."""

    office_id: int
    office: str
    regency_id: str
    regency: str


PLACE = ("office_id", "office__short_name", "regency_id", "regency_name")
CountsByPlace = Mapping[Place, Counts]
Figures = dict[str, int]


def counts_on(day: date, user: Actor) -> Counts:
    """The villages in this user's sight on that day, by state."""
    (by_place,) = counts_by_place([day], user)
    return sum(by_place.values(), Counts())


def counts_by_place(days: Sequence[date], user: Actor) -> list[CountsByPlace]:
    """For each day the villages in sight by place and state; two queries."""
    waiting = {f"proposed_{number}": waiting_on(day) for number, day in enumerate(days)}
    decreed = {
        f"{state}_{number}": holding_on(day) & Q(verb__in=verbs)
        for number, day in enumerate(days)
        for state, verbs in ORDERED_BY.items()
    }
    figures: dict[Place, dict[str, int]] = defaultdict(dict)
    for rows, wanted in ((Proposal.objects, waiting), (Designation.objects, decreed)):
        for place, counted in _by_place(rows.all(), wanted, user):
            figures[place] |= counted
    return [
        {
            place: _counts(number, figures[place])
            for place in sorted(figures, key=lambda one: one[1::2])
        }
        for number, _day in enumerate(days)
    ]


def countable_by(user: Actor) -> VillageQuerySet:
    """The villages this user may read, or may count without reading."""
    readable = Village.objects.open_for(user, "village.view")
    return readable | Village.objects.open_for(user, "totals.view")


def known_on(villages: VillageQuerySet, day: date) -> VillageQuerySet:
    """Those that were proposed on that day, or had a decree by then."""
    decreed = Designation.objects.filter(village=OuterRef("pk"), decree_date__lte=day)
    return villages.filter(Exists(_waiting_rows(day)) | Exists(decreed))


def in_state_on(rows: QuerySet[Any, Any], state: str, day: date) -> QuerySet[Any, Any]:
    """Of rows known on that day, those whose state it was."""
    if state not in ORDERED_BY:
        return rows.filter(Exists(_waiting_rows(day)))
    decrees = Designation.objects.filter(village=OuterRef("pk"))
    held = decrees.filter(holding_on(day), verb__in=ORDERED_BY[state])
    return rows.filter(Exists(held))


def state_by(decree: Mapping[str, str] | None) -> str:
    """The state that the decree orders; without one, the village is proposed."""
    if decree is None:
        return Village.Status.PROPOSED
    return next(state for state, verbs in ORDERED_BY.items() if decree["verb"] in verbs)


def waiting_on(day: date) -> Q:
    """The proposal that waited for a decree on that day."""
    return Q(proposed_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def holding_on(day: date) -> Q:
    """The decree that orders a village's state on that day."""
    return Q(decree_date__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def _counts(number: int, figures: Figures) -> Counts:
    states = (Village.Status.PROPOSED, *ORDERED_BY)
    return Counts(*(figures.get(f"{state}_{number}", 0) for state in states))


def _waiting_rows(day: date) -> QuerySet[Proposal]:
    return Proposal.objects.filter(waiting_on(day), village=OuterRef("pk"))


def _by_place(
    rows: QuerySet[Any, Any], wanted: Mapping[str, Q], user: Actor
) -> Iterator[tuple[Place, Figures]]:
    """Rows that belong to villages, counted by the village's place; one query."""
    counts = {name: Count("pk", filter=which) for name, which in wanted.items()}
    places = {name: F(f"village__{name}") for name in PLACE}
    found = rows.filter(village__in=countable_by(user)).order_by().values(**places)
    for row in found.annotate(**counts):
        yield Place(*(row.pop(name) for name in PLACE)), row
