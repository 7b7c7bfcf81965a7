"""Text made comparable: one spelling for what people write in different ways.

A search field is cut into words by lib.text.searching instead, because it has to cut
as PostgreSQL does.
"""

import re
import unicodedata

APOSTROPHES_AND_ACCENTS = re.compile(r"['`\u2019\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return small letters and digits without accents, words separated by one space.

    "Ds. Pulo-Panjang" becomes "ds pulo panjang", and "Jum'at" becomes "jumat".
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(WORD.findall(APOSTROPHES_AND_ACCENTS.sub("", plain)))


def without_case(text: str) -> str:
    """Return small letters with single spaces; signs and accents still count.

    For names of people, in which a sign may be all that differs.
    """
    return " ".join(text.casefold().split())
