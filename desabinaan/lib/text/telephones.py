"""Telephone numbers: read as people write them, stored as E.164, shown as 08...

What a number may look like is known by the library `phonenumbers`
(https://github.com/daviddrysdale/python-phonenumbers), for Indonesia where no country
is named.
"""

import re
from contextlib import suppress

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.text.folding import plain_signs

HOME = "ID"
HOME_CODE = 62
#: the number, and perhaps the extension at a switchboard
WRITTEN = re.compile(
    r"(?P<number>[+(]{0,2}[0-9][0-9\s().\-/]*)"
    r"(?:;?(?:ext|ekst|pes|pesawat)[.=]?\s*(?P<extension>[0-9]{1,6}))?",
    re.IGNORECASE,
)
#: a number among other words
WRITTEN_WORD = re.compile(rf"(?<!\S){WRITTEN.pattern}(?!\S)", re.IGNORECASE)
#: "8.12346E+10": a spreadsheet kept six digits of the number
SHORTENED = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
#: a column of numbers that was saved with decimals: "81234567890.0"
DECIMALS = re.compile(r"(?<=[0-9]{5})[.,]0+$")
#: how calls abroad begin elsewhere; those of Indonesia are known to the library
ABROAD = re.compile(r"^\(?00(?![89])")
LONGEST = 40


def telephone_in(typed: str) -> str:
    """Return the number as E.164, "" when nothing is meant.

    "0812-3456-7890", "+62 812 3456 7890" and "81234567890", from which a spreadsheet
    dropped the zero, are the same number: "+6281234567890". An extension follows as
    ";ext=12". ValidationError when no telephone has this number.
    """
    plain = plain_signs(typed).removeprefix("'")
    if says_nothing(plain):
        return ""
    if SHORTENED.fullmatch(plain):
        raise ValidationError(
            _(
                "The spreadsheet has shortened the number “%(typed)s”. Format the "
                "column as text and type the number again."
            ),
            "shortened",
            {"typed": plain[:LONGEST]},
        )
    is_short = len(plain) <= LONGEST
    written = WRITTEN.fullmatch(DECIMALS.sub("", plain)) if is_short else None
    number = _number(written["number"], written["extension"]) if written else None
    if number is None:
        raise ValidationError(
            _("“%(typed)s” is not a telephone number. Write it like 0812 3456 7890."),
            "telephone",
            {"typed": plain[:LONGEST]},
        )
    stored = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{stored};ext={number.extension}" if number.extension else stored


def telephone_text(stored: str) -> str:
    """Return a stored number as it is dialled here: "0812-3456-7890"."""
    try:
        number = phonenumbers.parse(stored, HOME)
    except phonenumbers.NumberParseException:
        return stored
    at_home = number.country_code == HOME_CODE
    return phonenumbers.format_number(
        number,
        PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL,
    )


def telephones_as_stored(typed: str) -> str:
    """Return typed words to search for, with each telephone number as it is stored.

    "Siti 0812-3456 7890" becomes "Siti +6281234567890". The beginning of a number
    becomes that of a stored one: "0812-34" is "+6281234".
    """
    return WRITTEN_WORD.sub(_as_stored, plain_signs(typed))


def _as_stored(found: re.Match[str]) -> str:
    with suppress(ValidationError):
        if stored := telephone_in(found[0]):
            return stored
    international = _international(found["number"])
    digits = re.sub(r"[^0-9]", "", international)
    if "+" in international:
        return f"+{digits}"
    return f"+{HOME_CODE}{digits[1:]}" if digits.startswith("0") else digits


def _international(written: str) -> str:
    """Return the number beginning with "+" where its country is written."""
    international = ABROAD.sub("+", written)
    digits = re.sub(r"[^0-9]", "", international)
    if digits.startswith(str(HOME_CODE)) and not international.startswith("+"):
        return f"+{digits}"
    return international


def _number(written: str, extension: str | None) -> PhoneNumber | None:
    """Return the number if a telephone can have it."""
    try:
        number = phonenumbers.parse(_international(written), HOME)
    except phonenumbers.NumberParseException:
        return None
    number.extension = extension
    return number if phonenumbers.is_valid_number(number) else None
