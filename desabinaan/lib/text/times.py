"""Times of the day as people write them, and spans of a rundown.

Rules, for every form and paste:

- hours and minutes are parted by a point or a colon: "09.30", "9:30", "pukul 9.30 WIB";
  after "pukul" or "jam", or before a zone, the hour may stand alone;
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

from desabinaan.lib.text.folding import plain_signs

MINUTES_A_DAY = 24 * 60
_WORD = r"(?:pukul|pkl|jam)\.?:?\s*"
_ZONE = r"(?:\s*\(?(?P<{name}>WIB|WITA|WIT)\)?(?!\w))"
CLOCK = re.compile(
    rf"(?P<word>{_WORD})?(?P<hour>\d{{1,2}})"
    rf"(?:[.:](?P<minute>\d{{2}})(?:[.:]\d{{2}})?)?"
    rf"{_ZONE.format(name='zone')}?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_TIME = r"\d{{1,2}}[.:]\d{{2}}(?:[.:]\d{{2}})?{zone}?"
_JOINED = r"\s*(?:-+|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|until)\s*"
SPAN = re.compile(
    rf"(?:{_WORD})?(?P<begins>{_TIME.format(zone=_ZONE.format(name='zone_1'))})"
    rf"{_JOINED}(?:{_WORD})?"
    rf"(?:(?P<ends>{_TIME.format(zone=_ZONE.format(name='zone_2'))})"
    r"|(?P<open>selesai|selesei|end))(?!\w)",
    re.IGNORECASE,
)
#: a time before an activity: no date, and nothing that would be its end
LONE = re.compile(
    rf"{CLOCK.pattern}(?!\w|[.:]\d)(?!{_JOINED}(?:{_WORD})?\d)", re.IGNORECASE
)
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day; `minutes` is None when it has no end."""

    begins: time
    minutes: int | None


def time_in(typed: str) -> time | None:
    """Return the time, None for a blank; ValidationError for anything else."""
    plain = plain_signs(typed)
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
    lasts = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return Span(begins, lasts % MINUTES_A_DAY), rest


def lone_time_before(line: str) -> time | None:
    """Return the time with which the line begins when no end follows; None without.

    ValidationError for a time that no clock shows, or of another zone.
    """
    found = LONE.match(plain_signs(line))
    if found is None or not (found["minute"] or found["word"] or found["zone"]):
        return None
    return time_in(found[0])


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
        _("“%(typed)s” is not a valid time. Write it like 09.30."),
        "time",
        {"typed": Truncator(typed).chars(LONGEST_SHOWN)},
    )
