"""Names as people write them, brought together: "Ds. Pulo-Panjang", "PULO PANJANG"."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

#: words before a name that only say what kind of place it is
KINDS = {
    "desa", "ds", "kelurahan", "kel", "nagori", "nagari", "kecamatan", "kec",
    "gampong", "pekon", "adm", "administrasi",
}  # fmt: skip
#: those of them that no district bears
VILLAGE_KINDS = KINDS - {"kecamatan", "kec", "adm", "administrasi"}
REGENCY_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota"}
#: the same word in two spellings that lists mix up
SPELLINGS = {"pulo": "pulau", "sei": "sungai", "tj": "tanjung", "kp": "kampung"}
CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")


@lru_cache(maxsize=200_000)
def folded_name(name: str) -> str:
    """Lower-case words without accents, signs and the kind in front."""
    words = _words(name)
    while len(words) > 1 and words[0] in KINDS:
        words = words[1:]
    return " ".join(words)


def is_called_village(name: str) -> bool:
    """Whether the kind in front says so: "Ds. Pontang", not "Pontang"."""
    words = _words(name)
    return len(words) > 1 and words[0] in VILLAGE_KINDS


@lru_cache(maxsize=10_000)
def folded_regency(name: str) -> tuple[str, str]:
    """Kind ("kabupaten", "kota" or "") and name: Kab. and Kota Serang are two."""
    words = _words(name)
    kind = ""
    while len(words) > 1 and (words[0] in REGENCY_KINDS or words[0] in KINDS):
        kind = REGENCY_KINDS.get(words[0], kind)
        words = words[1:]
    return kind, " ".join(words)


def likeness(one: str, other: str) -> int:
    """How alike two folded names are, in percent; 100 only for the very same.

    Spaces do not count ("Pulopanjang"), nor do spellings that lists mix up.
    """
    if one == other:
        return 100
    first, second = _bare(one), _bare(other)
    if first == second or one.replace(" ", "") == other.replace(" ", ""):
        return 97
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < 0.7 or matcher.quick_ratio() < 0.7:
        return 0
    return min(96, round(matcher.ratio() * 100))


def code_in(cell: str) -> str:
    """ "3604132007" and "36.04.13.2007" are one code; "" when it is none."""
    found = CODE.fullmatch(re.sub(r"[\s']", "", cell).removesuffix(",0"))
    return ".".join(found.groups()) if found else ""


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = re.sub(r"['`\u2019\u0300-\u036f]", "", plain)
    return re.sub(r"[^a-z0-9]+", " ", plain).split()


@lru_cache(maxsize=200_000)
def _bare(folded: str) -> str:
    return "".join(SPELLINGS.get(word, word) for word in folded.split())
