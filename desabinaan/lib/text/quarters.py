"""Quarters of a year, by which offices count."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

MONTHS = 3
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return _("Quarter %(number)s of %(year)s") % {
            "number": ROMAN[self.number - 1],
            "year": self.year,
        }

    @property
    def short(self) -> str:
        """Return "IV/26", for narrow columns."""
        return f"{ROMAN[self.number - 1]}/{self.year % 100:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return quarter_of(self.first_day - timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarters_up_to(day: date, count: int) -> list[Quarter]:
    """Return `count` quarters up to the one of `day`, the oldest first."""
    found = [quarter_of(day)]
    while len(found) < count:
        found.append(found[-1].before)
    return found[::-1]
