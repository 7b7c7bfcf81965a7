"""The names of months and weekdays, as people write them in either language."""

from functools import cache

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import override

#: other spellings of months
MONTH_SPELLINGS = {
    "nopember": 11, "nop": 11, "pebruari": 2, "peb": 2, "agt": 8, "ags": 8, "agust": 8,
    "agus": 8, "sept": 9,
}  # fmt: skip
#: other spellings of weekdays; Monday is 0
WEEKDAY_SPELLINGS = {"jum'at": 4, "jumat": 4, "ahad": 6}


@cache
def month_words() -> dict[str, int]:
    """Return month names of both languages, full and cut to three letters."""
    words = dict(MONTH_SPELLINGS)
    for number in range(1, 13):
        for language in ("id", "en"):
            with override(language):
                name = str(MONTHS[number]).lower()
            words |= {name: number, name[:3]: number}
    return words


@cache
def weekday_words() -> dict[str, int]:
    """Return weekdays of both languages with their numbers; Monday is 0."""
    words = dict(WEEKDAY_SPELLINGS)
    for number in range(7):
        for language in ("id", "en"):
            with override(language):
                words[str(WEEKDAYS[number]).lower()] = number
    return words
