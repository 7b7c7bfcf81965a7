"""The names of the months, as people write them in either language."""

from functools import cache

from django.utils.dates import MONTHS
from django.utils.translation import override


@cache
def month_words() -> dict[str, int]:
    """Return month names of both languages, full and cut to three letters."""
    words = {"nopember": 11, "nop": 11, "pebruari": 2, "peb": 2, "agt": 8, "agust": 8}
    for number in range(1, 13):
        for language in ("id", "en"):
            with override(language):
                name = str(MONTHS[number]).lower()
            words |= {name: number, name[:3]: number}
    return words
