"""An officer's own year: villages, visits, reports verified and how fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.shortcuts import get_object_or_404
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from reports.monthly.selectors import Verified, verified_by
from villages.models import Assignment, Village
from villages.selectors import assignments_for, officers_read_by
from villages.selectors.visits import VISITED, YEAR, Visits, visits_of
from villages.standing import in_force

NEVER = Visits()
#: Above so many hours people count in days.
TOLD_IN_HOURS = 48


@dataclass(frozen=True, slots=True)
class Served:
    """A village in the officer's care; `is_waiting`: nobody came for 90 days."""

    village: Village
    assignment: Assignment
    visits: Visits

    @property
    def is_waiting(self) -> bool:
        """A village that was taken over lately is not reproached with its past."""
        held_long = self.assignment.starts_on < timezone.localdate() - VISITED
        return held_long and not self.visits.is_recent


@dataclass(frozen=True, slots=True)
class OfficerRecap:
    officer: User
    served: Sequence[Served]
    verified: Verified

    @property
    def waiting(self) -> list[Served]:
        return [one for one in self.served if one.is_waiting]

    @property
    def median_hours(self) -> int | None:
        """Whole hours, rounded up: nobody is told to have taken no time at all."""
        hours = self.verified.median_hours
        return None if hours is None else ceil(hours)

    @property
    def median_days(self) -> int | None:
        """Whole days, rounded up; None up to two days, which are told in hours."""
        hours = self.median_hours
        return None if hours is None or hours <= TOLD_IN_HOURS else ceil(hours / 24)

    @property
    def visits(self) -> int:
        return sum(one.visits.own for one in self.served)


def officer_in_sight(user: User, pk: int) -> User:
    """A PIMPASA of the own area, or oneself; 404 otherwise."""
    return get_object_or_404(officers_read_by(user), pk=pk)


def recap_of(officer: User, user: User) -> OfficerRecap:
    """The villages served today, those longest without a visit first; three queries."""
    held = [
        one
        for one in assignments_for(user)
        .filter(in_force(), user=officer, role=Role.PIMPASA)
        .defer("village__search")
        if one.village_id
    ]
    villages = [one.village_id for one in held if one.village_id]
    visits = visits_of(officer, villages)
    served = [
        Served(one.village, one, visits.get(one.village_id or 0, NEVER))
        for one in held
        if one.village
    ]
    since = timezone.localdate() - YEAR
    return OfficerRecap(
        officer=officer,
        served=sorted(served, key=_longest_first),
        verified=verified_by(officer, villages, since),
    )


def _longest_first(one: Served) -> tuple[bool, object, str]:
    last = one.visits.last
    return last is not None, last or one.assignment.starts_on, one.village.name
