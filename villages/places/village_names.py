"""Comparing names in different spellings: "Ds. Pulo-Panjang", "PULO PANJANG"."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from desabinaan.lib.text.folding import folded

#: words before the name of a village that only say what kind of place it is
VILLAGE_KINDS = {
    "desa", "ds", "kelurahan", "kel", "nagori", "nagari", "gampong", "pekon",
    "pemdes", "pemerintah", "kades", "kalurahan",
}  # fmt: skip
#: what may stand before these: "Kantor Desa Teluk", "Kepala Kelurahan Lontar"
VILLAGE_OFFICES = {"kantor", "ktr", "balai", "kepala", "perangkat", "aparatur"}
DISTRICT_KINDS = {"kecamatan", "kec", "distrik", "kapanewon", "kemantren"}
KINDS = VILLAGE_KINDS | DISTRICT_KINDS | {"adm", "administrasi"}
REGENCY_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota"}
#: the same word in two spellings that lists mix up
SPELLINGS = {
    "pulo": "pulau", "sei": "sungai", "tj": "tanjung", "tg": "tanjung", "kp": "kampung",
}  # fmt: skip
#: such a word written together with the next one: "Pulopanjang"
FIRST_SPELLING = re.compile(r"^(pulo|sei)(?=.)")
#: numbers of villages up to the highest that is found in a name
ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
ARABIC = {roman: str(number) for number, roman in enumerate(ROMAN, start=1)}


#: from here on two spellings are one name, in percent
SURE = 97
#: from here on a name may be a misspelling of the other
ALIKE = 70
#: from here on two names of regencies are one: "Tangerang Selatan" is not "Tangerang"
SAME_REGENCY = 85


@lru_cache(maxsize=200_000)
def folded_name(name: str) -> str:
    """Return the name in lower case, without accents, signs and the kind in front."""
    words = from_the_kind_on(folded(name).split())
    while len(words) > 1 and words[0] in KINDS:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """Return what all spellings of a name share: "Pulopanjang", "Ds. Pulau Panjang".

    Spaces do not count, nor do spellings that lists mix up, nor whether a number after
    the first word is roman or arabic. Within one district only a desa and a kelurahan
    of the same name are equal.
    """
    words = folded_name(name).split()
    numbered = words[:1] + [ARABIC.get(word, word) for word in words[1:]]
    joined = "".join(SPELLINGS.get(word, word) for word in numbered)
    return FIRST_SPELLING.sub(lambda found: SPELLINGS[found[0]], joined)


def is_called_village(name: str) -> bool:
    """Whether the kind in front says so: "Ds. Pontang", not "Pontang"."""
    words = from_the_kind_on(folded(name).split())
    return len(words) > 1 and words[0] in VILLAGE_KINDS


def from_the_kind_on(words: list[str]) -> list[str]:
    """Return folded words without "Kantor" before "Desa Teluk"."""
    is_office = len(words) > 2 and words[0] in VILLAGE_OFFICES
    return words[1:] if is_office and words[1] in VILLAGE_KINDS else words


@lru_cache(maxsize=10_000)
def folded_regency(name: str) -> tuple[str, str]:
    """Return kind ("kabupaten", "kota" or "") and name; both kinds may share a name."""
    words = folded(name).split()
    kind = ""
    while len(words) > 1 and (words[0] in REGENCY_KINDS or words[0] in KINDS):
        kind = REGENCY_KINDS.get(words[0], kind)
        words = words[1:]
    return kind, " ".join(words)


def is_regency(typed: str, name: str) -> bool:
    """Whether the typed text names this regency; a kind that is typed must be right."""
    kind, plain = folded_regency(typed)
    real_kind, real = folded_regency(name)
    return kind in ("", real_kind) and likeness(plain, real) >= SAME_REGENCY


def without_kind(name: str) -> str:
    """Return the name as it is written, without the kind in front: "Ds. Lontar"."""
    words = name.split()
    while len(words) > 1 and folded(words[0]) in KINDS:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> int:
    """Return how alike two folded names are, in percent; 100 only when equal.

    Remembered: the rows of a list repeat their districts.
    """
    if one == other:
        return 100
    first, second = name_key(one), name_key(other)
    if first == second or one.replace(" ", "") == other.replace(" ", ""):
        return SURE
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < 0.7 or matcher.quick_ratio() < 0.7:
        return 0
    return min(96, round(matcher.ratio() * 100))
