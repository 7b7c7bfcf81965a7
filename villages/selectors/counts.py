"""How many villages were proposed, designated, inactive or revoked on a day.

Every figure comes from the decrees: each holds from its day until the next one's.
A village counts as proposed from its proposal until its first decree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from villages.models import Designation, Village
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
Figures = Mapping[str, int]


def counts_on(day: date, user: Actor) -> Counts:
    """The villages in this user's sight on that day, by state."""
    (by_place,) = counts_by_place([day], user)
    return sum(by_place.values(), Counts())


def counts_by_place(days: Sequence[date], user: Actor) -> list[CountsByPlace]:
    """For each day the villages in sight by place and state; two queries."""
    decreed = dict(_decreed(days, user))
    known = dict(_known(days, user))
    return [
        {
            place: _counts(number, known.get(place, {}), decreed.get(place, {}))
            for place in sorted({*known, *decreed}, key=lambda one: one[1::2])
        }
        for number, _day in enumerate(days)
    ]


def countable_by(user: Actor) -> VillageQuerySet:
    """The villages this user may read, or may count without reading."""
    readable = Village.objects.open_for(user, "village.view")
    return readable | Village.objects.open_for(user, "totals.view")


def known_on(villages: VillageQuerySet, day: date) -> VillageQuerySet:
    """Those that were proposed by that day, or had a decree by then."""
    decreed = Designation.objects.filter(village=OuterRef("pk"), decree_date__lte=day)
    return villages.filter(Q(proposed_at__lt=_after(day)) | Exists(decreed))


def in_state_on(rows: QuerySet[Any, Any], state: str, day: date) -> QuerySet[Any, Any]:
    """Of rows known on that day, those whose state it was."""
    decrees = Designation.objects.filter(village=OuterRef("pk"))
    if state == Village.Status.PROPOSED:
        return rows.filter(~Exists(decrees.filter(decree_date__lte=day)))
    held = decrees.filter(holding_on(day), verb__in=ORDERED_BY[state])
    return rows.filter(Exists(held))


def state_by(decree: Mapping[str, str] | None) -> str:
    """The state that the decree orders; without one, the village is proposed."""
    if decree is None:
        return Village.Status.PROPOSED
    return next(state for state, verbs in ORDERED_BY.items() if decree["verb"] in verbs)


def _counts(number: int, known: Figures, decreed: Figures) -> Counts:
    states = {state: decreed.get(f"{state}_{number}", 0) for state in ORDERED_BY}
    waiting = known.get(f"known_{number}", 0) - decreed.get(f"first_{number}", 0)
    return Counts(proposed=waiting, **states)


def _known(days: Sequence[date], user: Actor) -> Iterator[tuple[Place, Figures]]:
    """Villages proposed by each day, as known_<number of the day>."""
    wanted = {
        f"known_{number}": Count("pk", filter=Q(proposed_at__lt=_after(day)))
        for number, day in enumerate(days)
    }
    rows = countable_by(user).order_by().values(*PLACE).annotate(**wanted)
    return _by_place(rows)


def _decreed(days: Sequence[date], user: Actor) -> Iterator[tuple[Place, Figures]]:
    """Decrees that hold on each day by state, and the first ones issued by then."""
    wanted: dict[str, Count] = {}
    for number, day in enumerate(days):
        for state, verbs in ORDERED_BY.items():
            held = holding_on(day) & Q(verb__in=verbs)
            wanted[f"{state}_{number}"] = Count("pk", filter=held)
        first = Q(verb=_VERB.DESIGNATE, decree_date__lte=day)
        known = Q(village__proposed_at__lt=_after(day))
        wanted[f"first_{number}"] = Count("pk", filter=first & known)
    rows: QuerySet[Any, Any] = Designation.objects.filter(
        village__in=countable_by(user)
    )
    places = {name: F(f"village__{name}") for name in PLACE}
    return _by_place(rows.order_by().values(**places).annotate(**wanted))


def holding_on(day: date) -> Q:
    """The decree that orders a village's state on that day."""
    return Q(decree_date__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def _after(day: date) -> datetime:
    """The moment at which the day is over, in the active time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _by_place(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Place, Figures]]:
    for row in rows:
        yield Place(*(row.pop(name) for name in PLACE)), row
