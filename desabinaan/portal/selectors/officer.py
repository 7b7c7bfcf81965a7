"""An officer's year: villages, visits, verified reports and how fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.shortcuts import get_object_or_404
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from reports.monthly.selectors.checking import Verified, verified_by
from villages.outreach.selectors.visits import VISITED, YEAR, Visits, visits_of
from villages.places.permissions import in_force
from villages.register.models import Assignment, Village
from villages.register.selectors.assignments import officers_read_by
from villages.register.selectors.villages import assignments_for

NEVER = Visits()
#: Longer times are shown in days.
SHOWN_IN_HOURS = 48


@dataclass(frozen=True, slots=True)
class OfficerVillage:
    """A village the officer serves, with the visits there."""

    village: Village
    assignment: Assignment
    visits: Visits

    @property
    def is_waiting(self) -> bool:
        """Say whether a visit is due; a village assigned recently does not count."""
        is_long_assigned = self.assignment.starts_on < timezone.localdate() - VISITED
        return is_long_assigned and not self.visits.is_recent


@dataclass(frozen=True, slots=True)
class OfficerRecap:
    officer: User
    served: Sequence[OfficerVillage]
    verified: Verified

    @property
    def waiting(self) -> list[OfficerVillage]:
        return [one for one in self.served if one.is_waiting]

    @property
    def median_hours(self) -> int | None:
        """Return whole hours, rounded up, so that it is never 0."""
        hours = self.verified.median_hours
        return None if hours is None else ceil(hours)

    @property
    def median_days(self) -> int | None:
        """Return whole days, rounded up; None up to two days, shown in hours."""
        hours = self.median_hours
        return None if hours is None or hours <= SHOWN_IN_HOURS else ceil(hours / 24)

    @property
    def visits(self) -> int:
        return sum(one.visits.own for one in self.served)


def visible_officer(user: User, pk: int) -> User:
    """Return a PIMPASA of the user's area or the user, or 404."""
    return get_object_or_404(officers_read_by(user), pk=pk)


def recap_of(officer: User, user: User) -> OfficerRecap:
    """Return the villages served today, least recently visited first; 3 queries."""
    assignments = [
        one
        for one in assignments_for(user)
        .filter(in_force(), user=officer, role=Role.PIMPASA)
        .defer("village__search")
        if one.village_id
    ]
    villages = [one.village_id for one in assignments if one.village_id]
    visits = visits_of(officer, villages)
    served = [
        OfficerVillage(one.village, one, visits.get(one.village_id or 0, NEVER))
        for one in assignments
        if one.village
    ]
    since = timezone.localdate() - YEAR
    return OfficerRecap(
        officer=officer,
        served=sorted(served, key=_longest_first),
        verified=verified_by(officer, villages, since),
    )


def _longest_first(one: OfficerVillage) -> tuple[bool, object, str]:
    last = one.visits.last
    return last is not None, last or one.assignment.starts_on, one.village.name
