"""Names of agencies as people write them: "Disnakertrans Prov. Banten".

Two names are equal when they have the same words: short forms are written out, and
words without a meaning of their own ("dan", "Kelas I TPI") do not count. Names with
words in common are alike, in percent: what kind of agency it is ("dinas", "kantor")
counts little, what it does and where counts much.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from desabinaan.lib.text.folding import folded
from fgd.agencies.agency_words import (
    GENERAL,
    LEVELS,
    PHRASES,
    SHORT_FORMS,
    WITHOUT_MEANING,
)

Words = frozenset[str]
PHRASE = re.compile(rf"\b({'|'.join(PHRASES)})\b")
GENERAL_WEIGHT = 0.25
#: share of its weight by which a word counts that is missing
MISSING_WEIGHT = 0.25
LIKELY = 55
LONGEST_SHORT_NAME = 40
MISTYPED_ALIKE = 0.8
MISTYPED_SHORTEST = 5
INITIALS_SHORTEST = 3


@lru_cache(maxsize=20_000)
def words_of_agency(name: str) -> tuple[str, ...]:
    """Return the words of a name, written out, each once and in their order."""
    words: list[str] = []
    plain = PHRASE.sub(lambda found: PHRASES[found[1]], folded(name))
    for word in plain.split():
        words += SHORT_FORMS.get(word, word).split()
    return tuple(dict.fromkeys(word for word in words if word not in WITHOUT_MEANING))


def likeness(typed: Words, listed: Words, places: Collection[str]) -> int:
    """Return how alike the words of two names are, in percent.

    `places` are words of regions. 0 when both name a place or a level, not the same.
    """
    same, missing, added = typed & listed, listed - typed, typed - listed
    if _are_apart(typed & LEVELS, listed & LEVELS):
        return 0
    if _are_apart(typed.intersection(places), listed.intersection(places)):
        return 0
    if not _tasks(same, places) and (
        _tasks(typed, places) or _kinds(typed, places) != _kinds(listed, places)
    ):
        # Only the place is the same, as of all agencies there.
        return 0
    common = _weight(same)
    apart = MISSING_WEIGHT * _weight(missing) + _weight(added)
    return round(100 * common / (common + apart)) if common else 0


def with_mistakes_corrected(words: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the words; mistyped ones are replaced by `known` ones or short forms."""
    corrected: list[str] = []
    for word in words:
        if word in known:
            corrected.append(word)
        elif listed := next(_like(word, known), ""):
            corrected.append(listed)
        else:
            short = next(_like(word, SHORT_FORMS), "")
            corrected += SHORT_FORMS.get(short, word).split()
    return corrected


def with_initials_written_out(words: Sequence[str], listed: Sequence[str]) -> Words:
    """Return the words; one that is the initials of the other name becomes its words.

    "DKPP" stands for "Dinas Ketahanan Pangan dan Perikanan" of any place.
    """
    initials = "".join(word[0] for word in listed)
    found: set[str] = set()
    for word in words:
        is_short = len(word) >= INITIALS_SHORTEST and initials.startswith(word)
        found |= set(listed[: len(word)]) if is_short else {word}
    return frozenset(found)


def short_name_of(name: str) -> str:
    """Return a name of at most 40 letters that still ends with its place.

    "Dinas Pemberdayaan Perempuan dan Anak Kabupaten Serang" becomes "Dinas Pemberdayaan
    … Kab. Serang". No word is cut, unless the first one is too long by itself.
    """
    shorter = re.sub(r"\bKabupaten\b", "Kab.", re.sub(r"\bProvinsi\b", "Prov.", name))
    for whole in (name, shorter):
        if len(whole) <= LONGEST_SHORT_NAME:
            return whole
    words = shorter.split()
    tail = ["…", *_place_at_the_end(words)]
    head: list[str] = []
    for word in words:
        if len(" ".join([*head, word, *tail])) > LONGEST_SHORT_NAME:
            break
        head.append(word)
    if not head:
        return f"{name[: LONGEST_SHORT_NAME - 1]}…"
    return " ".join([*head, *tail]).replace(", …", " …")


# --- Inside ------------------------------------------------------------------


def _place_at_the_end(words: Sequence[str]) -> list[str]:
    """Return the last words from "Kab.", "Kota" or "Prov." on, if they are few."""
    for at, word in enumerate(words):
        tail = list(words[at:])
        if at and folded(word) in {"kab", "kota", "prov"} and len(" ".join(tail)) <= 24:
            return tail
    return []


def _are_apart(one: Words, other: Words) -> bool:
    return bool(one and other and not one & other)


def _tasks(words: Words, places: Collection[str]) -> Words:
    """Return the words that say what an agency does: "sosial", "imigrasi"."""
    return words - GENERAL - set(places)


def _kinds(words: Words, places: Collection[str]) -> Words:
    return (words & GENERAL) - LEVELS - set(places)


def _weight(words: Words) -> float:
    return sum(GENERAL_WEIGHT if word in GENERAL else 1 for word in words)


def _like(word: str, known: Collection[str]) -> Iterator[str]:
    return (other for other in sorted(known) if _is_mistyped(word, other))


@lru_cache(maxsize=100_000)
def _is_mistyped(word: str, other: str) -> bool:
    return (
        word[0] == other[0]
        and min(len(word), len(other)) >= MISTYPED_SHORTEST
        and abs(len(word) - len(other)) <= 2
        and SequenceMatcher(None, word, other, autojunk=False).ratio() >= MISTYPED_ALIKE
    )
