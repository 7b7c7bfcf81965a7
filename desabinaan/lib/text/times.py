"""Times of the day as people write them, and spans of a rundown.

Rules, for every form and paste:

- hours and minutes are parted by a point or a colon: "09.30", "9:30", "pukul 9.30 WIB";
  after "pukul" or "jam", or before a zone, the hour may stand alone;
- "9:00 AM" and "2 pm" are read too; "1:00-2:00 PM" is the afternoon;
- "24.00" is midnight;
- a span joins two times: "09.00-10.30", "09.00 s.d. 10.30", "pukul 09.00 sampai 10.30".
  One that ends before it begins lasts past midnight. "11.30 - selesai" has no end,
  "11.30 Penutupan" is a lone time;
- a time with the name of another zone than the office's is asked.
"""

import re
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.lib.text.blanks import number_meant
from desabinaan.lib.text.folding import plain_signs

MINUTES_A_DAY = 24 * 60
_WORD = r"(?:pukul|pkl|jam)\.?:?\s*"
_ZONE = r"(?:\s*\(?(?P<{name}>WIB|WITA|WIT)\)?(?!\w))"
_HALF = r"[ap]\.?m\b\.?"
CLOCK = re.compile(
    rf"(?P<word>{_WORD})?(?P<hour>\d{{1,2}})"
    rf"(?:[.:](?P<minute>\d{{2}})(?:[.:]\d{{2}})?)?"
    rf"(?:\s*(?P<half>{_HALF}))?{_ZONE.format(name='zone')}?",
    re.IGNORECASE,
)
_DIGITS = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?"
_TIME = rf"(?:{_DIGITS}(?:\s*{_HALF})?|\d{{1,2}}\s*{_HALF})"
_JOINED = r"\s*(?:-+|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|until)\s*"
SPAN = re.compile(
    rf"(?:{_WORD})?(?P<begins>{_TIME}{_ZONE.format(name='zone_1')}?)"
    rf"{_JOINED}(?:{_WORD})?"
    rf"(?:(?P<ends>{_TIME}{_ZONE.format(name='zone_2')}?)"
    r"|(?P<open>selesai|selesei|end))(?!\w)",
    re.IGNORECASE,
)
#: a time before an activity: no date, and nothing that would be its end
LONE = re.compile(
    rf"{CLOCK.pattern}(?!\w|[.:]\d)(?!{_JOINED}(?:{_WORD})?\d)", re.IGNORECASE
)
HALF = re.compile(rf"\d\s*{_HALF}", re.IGNORECASE)
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day; `minutes` is None when it has no end."""

    begins: time
    minutes: int | None


def time_in(typed: str) -> time | None:
    """Return the time, None for a blank or "-"; ValidationError for anything else."""
    plain = number_meant(plain_signs(typed))
    if not plain:
        return None
    found = CLOCK.fullmatch(plain)
    if found is None or not (
        found["minute"] or found["word"] or found["zone"] or found["half"]
    ):
        raise _refusal(typed)
    _refuse_other_zone(found["zone"])
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise _refusal(typed)
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        raise _refusal(typed) from None


def span_before(line: str) -> tuple[Span, str] | None:
    """Return the span with which the line begins, and the rest; None without one.

    ValidationError for a time that no clock shows, or of another zone.
    """
    plain = plain_signs(line)
    found = SPAN.match(plain)
    if found is None:
        return None
    for name in ("zone_1", "zone_2"):
        _refuse_other_zone(found[name])
    begins = time_in(found["begins"])
    if begins is None:
        return None
    rest = plain[found.end() :]
    if found["open"]:
        return Span(begins, None), rest
    ends = time_in(found["ends"])
    if ends is None:
        return None
    return _span(found["begins"], begins, found["ends"], ends), rest


def minutes_between(begins: time, ends: time) -> int:
    """Return how long it is from one time to the next such time."""
    lasts = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return lasts % MINUTES_A_DAY


def lone_time_before(line: str) -> tuple[time, str] | None:
    """Return the time with which the line begins when no end follows, and the rest.

    ValidationError for a time that no clock shows, or of another zone.
    """
    plain = plain_signs(line)
    found = LONE.match(plain)
    if found is None or not any(
        found[one] for one in ("minute", "word", "zone", "half")
    ):
        return None
    begins = time_in(found[0])
    return None if begins is None else (begins, plain[found.end() :])


def _span(typed_begins: str, begins: time, typed_ends: str, ends: time) -> Span:
    """Return the span; "PM" at its end counts for both times where it can."""
    noon = time(12)
    is_said_once = HALF.search(typed_ends) and not HALF.search(typed_begins)
    if is_said_once and begins < noon <= ends:
        later = begins.replace(begins.hour + 12)
        begins = later if later <= ends else begins
    return Span(begins, minutes_between(begins, ends))


def _refuse_other_zone(named: str | None) -> None:
    own = timezone.localtime().tzname() or ""
    if named and named.upper() != own:
        raise ValidationError(
            _("Times are written in %(own)s here, not in %(named)s."),
            "zone",
            {"own": own, "named": named.upper()},
        )


def _refusal(typed: str) -> ValidationError:
    return ValidationError(
        _("“%(typed)s” is not a valid time. Write it like 09:30."),
        "time",
        {"typed": Truncator(typed).chars(LONGEST_SHOWN)},
    )
