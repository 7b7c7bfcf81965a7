"""Codes of villages as people write them: "36.04.13.2007", "3604132007,0", "36 04 ...".

Ten digits without dots may also be a code of the statistics office, which numbers
villages otherwise: without a name beside it, such a code is to be asked about.
"""

import re

from desabinaan.lib.text.folding import plain_signs

PARTS = r"(\d{2})[. ]?(\d{2})[. ]?(\d{2})[. ]?(\d{4})"
WHOLE = re.compile(rf"'?{PARTS}(?:[.,]0)?", re.ASCII)
ANY_LEVEL = re.compile(
    r"'?(\d{2})(?:[. ]?(\d{2})(?:[. ]?(\d{2})(?:[. ]?(\d{4}))?)?)?(?:[.,]0)?", re.ASCII
)
WITHIN = re.compile(rf"(?<![\d.,]){PARTS}(?!\d)", re.ASCII)
#: what joins or encloses a code beside a name: "Lontar (36.04.13.2007)"
AROUND = re.compile(r"[\s,;:/()\[\]-]+$|^[\s,;:/()\[\]-]+")


def code_in(text: str) -> str:
    """Return the code that the text is, with its dots; "" if it is none."""
    found = WHOLE.fullmatch(plain_signs(text))
    return ".".join(found.groups()) if found else ""


def region_code_in(text: str) -> str:
    """Return the code of a region of any level, with its dots; "" if it is none."""
    found = ANY_LEVEL.fullmatch(plain_signs(text))
    return ".".join(filter(None, found.groups())) if found else ""


def code_beside_name(text: str) -> tuple[str, str]:
    """Return the code in the text, or "", and the rest: "36.04.13.2007 Lontar"."""
    plain = plain_signs(text)
    if code := code_in(plain):
        return code, ""
    found = WITHIN.search(plain)
    if not found:
        return "", plain
    rest = (plain[: found.start()], plain[found.end() :])
    return ".".join(found.groups()), ", ".join(
        part for one in rest if (part := AROUND.sub("", one))
    )
