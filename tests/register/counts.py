"""Counts of fostered villages on one day."""

from datetime import date

from desabinaan.accounts.models import User
from villages.register.selectors.counts import StateCounts, counts_by_place


def counts_on(day: date, user: User) -> StateCounts:
    """Return the visible villages on that day, by state."""
    (by_place,) = counts_by_place([day], user)
    return sum(by_place.values(), StateCounts())
