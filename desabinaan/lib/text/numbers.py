"""Numbers as people write them, in Indonesian and in English notation, and back.

Rules, for every form, list and paste:

- two different signs, or one sign more than once, tell thousands from decimals:
  "1.234,5" and "1,234.5" are the same number;
- one sign that is not followed by exactly three digits is the decimal sign: "45,5",
  "0.0455"; nor is one after a zero: "0.045" is never thousands;
- a count has no decimals, so "12.000" and "12,000" are both twelve thousand;
- "1.234" is 1234, as it is written here; "1,234" could be both and is refused where
  decimals are possible;
- a whole number among numbers with decimals may be written like them: there "1,000"
  could be 1000 or 1 and is refused, and "1,250" can only be 1250.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.lib.text.blanks import number_meant
from desabinaan.lib.text.folding import plain_signs

SPACE_IN_THOUSANDS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
PLAIN = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?[0-9]+[.,][0-9]+")
_FIRST = r"[+-]?[1-9][0-9]{0,2}"
#: groups of three digits with one sign between them
GROUPED = re.compile(_FIRST + r"(?P<sign>[.,])[0-9]{3}(?:(?P=sign)[0-9]{3})*")
TWO_SIGNS = re.compile(
    rf"{_FIRST}(?:\.[0-9]{{3}})+,[0-9]+|{_FIRST}(?:,[0-9]{{3}})+\.[0-9]+"
)
LONGEST = 40


def number_in(typed: str, *, whole: bool = False) -> Decimal | None:
    """Return the number, None for a blank or "-"; ValidationError for anything else.

    With `whole`, the answer has no decimals: no sentence offers them.
    """
    plain = _plain(typed, whole=whole)
    if not plain:
        return None
    if PLAIN.fullmatch(plain):
        return Decimal(plain)
    if TWO_SIGNS.fullmatch(plain):
        thousands = "." if plain.rindex(",") > plain.rindex(".") else ","
        return Decimal(plain.replace(thousands, "").replace(",", "."))
    if grouped := GROUPED.fullmatch(plain):
        has_zeros = plain.endswith(",000")
        if plain.count(",") == 1 and (has_zeros or not whole):
            part = plain.removesuffix(",000") if has_zeros else f"{plain}0"
            raise _question(typed, plain.replace(",", ""), part)
        return Decimal(plain.replace(grouped["sign"], ""))
    if DECIMAL.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    raise _refusal(typed, whole=whole)


def whole_number_in(typed: str) -> int | None:
    """Return a count, None for a blank or "-"; ValidationError for anything else.

    Decimals that are all zero are dropped: "12,00" is twelve.
    """
    plain = _plain(typed, whole=True)
    if grouped := GROUPED.fullmatch(plain):
        return int(plain.replace(grouped["sign"], ""))
    number = number_in(typed, whole=True)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise _refusal(typed, whole=True)
    return int(number)


def number_text(value: Decimal) -> str:
    """Return the number in the reader's notation, without trailing zeros."""
    plain = value.normalize()
    places = max(-int(plain.as_tuple().exponent), 0)
    return number_format(plain, places, use_l10n=True, force_grouping=True)


def _plain(typed: str, *, whole: bool) -> str:
    """Return the number without "Rp" and spaces between thousands; "" for "-".

    ValidationError when it is longer than any number people write.
    """
    text = plain_signs(typed).removeprefix("'").removeprefix("Rp").strip()
    plain = SPACE_IN_THOUSANDS.sub("", text.removesuffix(",-"))
    if len(plain) > LONGEST:
        raise _refusal(typed, whole=whole)
    return number_meant(plain)


def _refusal(typed: str, *, whole: bool) -> ValidationError:
    if whole:
        text = _("“%(typed)s” is not a whole number. Write it like 25 or 1,250.")
    else:
        text = _("“%(typed)s” is not a valid number. Write it like 1234 or 1,234.5.")
    code = "whole_number" if whole else "number"
    return ValidationError(text, code, {"typed": Truncator(typed).chars(LONGEST)})


def _question(typed: str, thousands: str, part: str) -> ValidationError:
    return ValidationError(
        _(
            "“%(typed)s” can be read in two ways. Write %(thousands)s if you mean "
            "thousands, or %(part)s if not."
        ),
        "two_ways",
        {
            "typed": Truncator(typed).chars(LONGEST),
            "thousands": thousands,
            "part": part,
        },
    )
