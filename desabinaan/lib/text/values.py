"""Values of a cell: a date, a coordinate; None for a blank cell.

Each raises ValidationError, with a sentence, when the cell holds something else.
"""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.lib.text.folding import plain_signs
from desabinaan.lib.text.months import month_words

COORDINATE = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d+([.,]\d+)?)\s*°?\s*(?P<side>[A-Z]{0,2})"
)
SIDES = {"LS": -1, "S": -1, "LU": 1, "U": 1, "N": 1, "BT": 1, "E": 1, "T": 1}
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?")
NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
WORDED = re.compile(r"(\d{1,2})[\s\-]+([A-Za-z]{3,9})\.?[\s\-]+(\d{4})")
WEEKDAY = re.compile(r"^[A-Za-z']+,\s*")
#: years that people could mean; others are typing mistakes
YEARS = range(1900, 2100)
LONGEST_SHOWN = 40


def day_in(cell: str) -> date | None:
    """Return a date; 12/11/2025, 12-11-25 and 12 November 2025 are the same day.

    2025-11-12 is, too. A year of two digits belongs to this century.
    """
    typed = WEEKDAY.sub("", cell.strip())
    if not typed:
        return None
    try:
        found = _day(typed)
    except (ValueError, KeyError):
        found = None
    if found is None or found.year not in YEARS:
        raise ValidationError(
            _("“%(cell)s” is not a valid date. Write it like 12/11/2025."),
            "day",
            {"cell": Truncator(cell).chars(LONGEST_SHOWN)},
        )
    return found


def coordinate_in(cell: str) -> Decimal | None:
    """Return decimal degrees; a point or comma is the decimal sign here.

    "6,0123 LS" is south; a longitude may carry BT. A dash is a minus.
    """
    typed = plain_signs(cell).upper()
    if not typed:
        return None
    found = COORDINATE.fullmatch(typed)
    if not found or (found["side"] and found["side"] not in SIDES):
        raise ValidationError(
            _("“%(cell)s” is not a valid coordinate. Write degrees like -6,01234."),
            "coordinate",
            {"cell": Truncator(cell).chars(LONGEST_SHOWN)},
        )
    value = Decimal(found["number"].replace(",", "."))
    south = found["sign"] == "-" or SIDES.get(found["side"], 1) < 0
    return -value if south else value


def _day(typed: str) -> date | None:
    if found := ISO.fullmatch(typed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMERIC.fullmatch(typed):
        year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
        return date(int(year), int(found[2]), int(found[1]))
    if found := WORDED.fullmatch(typed):
        return date(int(found[3]), month_words()[found[2].lower()], int(found[1]))
    return None
