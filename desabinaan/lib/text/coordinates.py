"""Coordinates as people write them."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.lib.text.blanks import number_meant
from desabinaan.lib.text.folding import plain_signs

COORDINATE = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d+([.,]\d+)?)\s*°?\s*(?P<side>[A-Z]{0,2})"
)
SIDES = {"LS": -1, "S": -1, "LU": 1, "U": 1, "N": 1, "BT": 1, "E": 1, "T": 1}
LONGEST_SHOWN = 40


def coordinate_in(cell: str) -> Decimal | None:
    """Return decimal degrees, None for a blank or "-", else ValidationError.

    A point or comma is the decimal sign here. "6,0123 LS" is south; a longitude may
    carry BT. A dash is a minus.
    """
    typed = number_meant(plain_signs(cell)).upper()
    if not typed:
        return None
    found = COORDINATE.fullmatch(typed)
    if not found or (found["side"] and found["side"] not in SIDES):
        raise ValidationError(
            _("“%(cell)s” is not a valid coordinate. Write degrees like -6.01234."),
            "coordinate",
            {"cell": Truncator(cell).chars(LONGEST_SHOWN)},
        )
    value = Decimal(found["number"].replace(",", "."))
    south = found["sign"] == "-" or SIDES.get(found["side"], 1) < 0
    return -value if south else value
