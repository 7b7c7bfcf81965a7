"""Text made comparable: one spelling for what people write in different ways.

PostgreSQL's side of it is `Folded` in lib.text.folded_columns.
"""

import re
import unicodedata

from django.db.models import CharField, Func

#: full-width signs, other spaces and other dashes -> the ordinary ones
PLAIN_SIGNS: dict[int, int | str] = {
    **{sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
}
APOSTROPHES_AND_ACCENTS = re.compile(r"['`\u2019\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return small letters and digits without accents, words separated by one space.

    "Ds. Pulo-Panjang" becomes "ds pulo panjang", and "Jum'at" becomes "jumat".
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(WORD.findall(APOSTROPHES_AND_ACCENTS.sub("", plain)))


def plain_signs(text: str) -> str:
    """Return ordinary digits, letters and spaces, and a hyphen for every dash.

    Full-width digits come from phones, no-break spaces and long dashes from Word. A
    raised digit is none: "10²" is not 102.
    """
    return text.translate(PLAIN_SIGNS).strip()


def without_case(text: str) -> str:
    """Return small letters with single spaces; signs and accents still count.

    For names of people, in which a sign may be all that differs. No-break spaces and
    full-width letters are ordinary ones. WithoutCase says the same to PostgreSQL.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class WithoutCase(Func):
    """A column of names, as `without_case` returns it."""

    output_field = CharField()
    template = (
        r"btrim(regexp_replace(lower(normalize(%(expressions)s, NFKC)), "
        r"'\s+', ' ', 'g'))"
    )
