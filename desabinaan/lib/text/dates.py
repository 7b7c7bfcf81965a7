"""Dates as people write them, in Indonesian and in English; the bounds of every date.

Rules, for every form, list and paste:

- numbers stand for day, month, year, as one writes here: "03/04/25" is 3 April 2025,
  with any sign between them. Only a year of four digits may stand first;
- a year of two digits belongs to this century;
- the month may be a word of either language, full or cut, or a Roman number;
- a place or a weekday may stand before it, a time after it. A weekday that is not the
  one of the date is asked, and so is "03/14/2025", which somebody wrote month first;
- "45988" is how a spreadsheet counts a day. It is refused, with the date it stands for:
  another program counts from another day.
"""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.lib.text.blanks import number_meant
from desabinaan.lib.text.folding import plain_signs, without_case
from desabinaan.lib.text.months import month_words, weekday_words

#: what offices do and plan lies between these days, in forms and in the database
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
#: laws and regions may be older
INDEPENDENCE = date(1945, 8, 17)
#: a form takes no day further ahead: it is a typing mistake
YEARS_AHEAD = 10

_SIGN = r"\s*[/.,\- ]\s*"
_GAP = r"\s*[/.,\-]?\s*"
_WORD = r"(?P<month>[^\W\d_]{1,9})\.?"
_YEAR = r"['\u2019]?(?P<year>\d{4}|\d{2})"
_NOTATIONS = (
    rf"(?P<year>\d{{4}}){_SIGN}(?P<month>\d{{1,2}}){_SIGN}(?P<day>\d{{1,2}})",
    rf"(?P<day>\d{{1,2}}){_SIGN}(?P<month>\d{{1,2}}){_SIGN}{_YEAR}",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}{_WORD}{_GAP}{_YEAR}",
    rf"{_WORD}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_SIGN}(?P<year>\d{{4}})",
    r"(?P<year>(?:19|20)\d\d)(?P<month>0\d|1[0-2])(?P<day>\d\d)",
    r"(?P<day>\d\d)(?P<month>0\d|1[0-2])(?P<year>(?:19|20)\d\d)",
)
NOTATIONS = tuple(re.compile(one, re.IGNORECASE) for one in _NOTATIONS)
#: a weekday, a place or "tanggal" before the date
BEFORE = re.compile(
    r"(?:(?P<weekday>[^\W\d_]+(?:['\u2019][^\W\d_]+)?)\s*[,/]\s*"
    r"|[^\W\d_][^\d,]{0,40},\s*)?(?:(?:tanggal|tgl)\.?:?\s*)?",
    re.IGNORECASE,
)
TIME_AFTER = re.compile(
    r"(?:,?\s+|T)(?:(?:pukul|pkl|jam|at)\.?\s*)?\d{1,2}[.:]\d{2}"
    r"(?:[.:]\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?(?:\s+[a-z]{2,4})?$",
    re.IGNORECASE,
)
SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,]\d+)?")
#: day 0 of most spreadsheet programs, which count a 29 February 1900
SERIAL_ZERO = date(1899, 12, 30)
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
    "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
LONGEST = 60
LONGEST_SHOWN = 40


def day_in(typed: str, *, since: date = FIRST_DAY) -> date | None:
    """Return the date, None for a blank or "-"; ValidationError for anything else.

    The date lies between `since` and LAST_DAY.
    """
    plain = number_meant(plain_signs(typed).removeprefix("'"))
    if not plain:
        return None
    before = BEFORE.match(plain)
    rest = plain[before.end() if before else 0 :]
    _refuse_serial(rest)
    parts = None
    if len(plain) <= LONGEST:
        parts = _parts(rest) or _parts(TIME_AFTER.sub("", rest))
    if parts is None:
        raise refusal(typed)
    found = _day(typed, *parts)
    if not since <= found <= LAST_DAY:
        raise ValidationError(
            _("“%(typed)s” is not between %(first)s and %(last)s. Check the year."),
            "bounds",
            {
                "typed": Truncator(typed).chars(LONGEST_SHOWN),
                "first": date_format(since, "DATE_FORMAT"),
                "last": date_format(LAST_DAY, "DATE_FORMAT"),
            },
        )
    _refuse_other_weekday(before["weekday"] if before else None, found)
    return found


def last_usual_day() -> date:
    """Return the last day that a form takes."""
    return date(min(timezone.localdate().year + YEARS_AHEAD, LAST_DAY.year), 12, 31)


def refusal(typed: str) -> ValidationError:
    return ValidationError(
        _("“%(typed)s” is not a valid date. Write it like 12/11/2025."),
        "day",
        {"typed": Truncator(typed).chars(LONGEST_SHOWN)},
    )


def _parts(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day as they are written; None when it is no date."""
    for notation in NOTATIONS:
        if found := notation.fullmatch(text):
            word = without_case(found["month"])
            month = int(word) if word.isdecimal() else _month(word)
            year = int(found["year"])
            year += 2000 if len(found["year"]) == 2 else 0
            return (year, month, int(found["day"])) if month is not None else None
    return None


def _month(word: str) -> int | None:
    return month_words().get(word) or ROMAN.get(word)


def _day(typed: str, year: int, month: int, day: int) -> date:
    if month > 12 >= day > 0:
        raise ValidationError(
            _("“%(typed)s” has no month %(month)s. Write the day before the month."),
            "month_first",
            {"typed": Truncator(typed).chars(LONGEST_SHOWN), "month": month},
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise refusal(typed) from None


def _refuse_serial(text: str) -> None:
    serial = SERIAL.fullmatch(text)
    day = SERIAL_ZERO + timedelta(days=int(serial["days"])) if serial else None
    if day is not None and FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _(
                "“%(typed)s” is how a spreadsheet counts a day, perhaps %(date)s. "
                "Format the column as a date, or write the date."
            ),
            "serial",
            {"typed": text, "date": date_format(day, "SHORT_DATE_FORMAT")},
        )


def _refuse_other_weekday(word: str | None, found: date) -> None:
    weekday = weekday_words().get(without_case(word or "").replace("\u2019", "'"))
    if weekday is not None and weekday != found.weekday():
        raise ValidationError(
            _("%(day)s is a %(weekday)s, not “%(typed)s”. Check the date."),
            "weekday",
            {
                "day": date_format(found, "DATE_FORMAT"),
                "weekday": WEEKDAYS[found.weekday()],
                "typed": word,
            },
        )
