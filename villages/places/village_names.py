"""Comparing names in different spellings: "Ds. Pulo-Panjang", "PULO PANJANG"."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from desabinaan.lib.text.folding import folded

#: words before a name that only say what kind of place it is
KINDS = {
    "desa", "ds", "kelurahan", "kel", "nagori", "nagari", "kecamatan", "kec",
    "gampong", "pekon", "adm", "administrasi",
}  # fmt: skip
#: kinds that no district has
VILLAGE_KINDS = KINDS - {"kecamatan", "kec", "adm", "administrasi"}
REGENCY_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota"}
#: the same word in two spellings that lists mix up
SPELLINGS = {"pulo": "pulau", "sei": "sungai", "tj": "tanjung", "kp": "kampung"}
CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")


@lru_cache(maxsize=200_000)
def folded_name(name: str) -> str:
    """Return the name in lower case, without accents, signs and the kind in front."""
    words = folded(name).split()
    while len(words) > 1 and words[0] in KINDS:
        words = words[1:]
    return " ".join(words)


def is_called_village(name: str) -> bool:
    """Whether the kind in front says so: "Ds. Pontang", not "Pontang"."""
    words = folded(name).split()
    return len(words) > 1 and words[0] in VILLAGE_KINDS


@lru_cache(maxsize=10_000)
def folded_regency(name: str) -> tuple[str, str]:
    """Return kind ("kabupaten", "kota" or "") and name; both kinds may share a name."""
    words = folded(name).split()
    kind = ""
    while len(words) > 1 and (words[0] in REGENCY_KINDS or words[0] in KINDS):
        kind = REGENCY_KINDS.get(words[0], kind)
        words = words[1:]
    return kind, " ".join(words)


def likeness(one: str, other: str) -> int:
    """Return how alike two folded names are, in percent; 100 only when equal.

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
    """Return the code in a cell with its dots, or "": "3604132007", "36.04.13.2007"."""
    found = CODE.fullmatch(re.sub(r"[\s']", "", cell).removesuffix(",0"))
    return ".".join(found.groups()) if found else ""


@lru_cache(maxsize=200_000)
def _bare(name: str) -> str:
    return "".join(SPELLINGS.get(word, word) for word in name.split())
