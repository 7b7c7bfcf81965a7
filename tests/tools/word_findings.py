"""Find the banned words in names, English texts and translations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests.tools.banned_words import ENGLISH, EXCEPTIONS, NAMES, Word
from tests.tools.banned_words_id import INDONESIAN
from tests.tools.project_texts import Text, english, indonesian, names, words_of


@dataclass(frozen=True)
class Finding:
    """A banned word at its place."""

    word: Word
    text: Text

    def __str__(self) -> str:
        place = f"{self.text.path}:{self.text.line}"
        return f"{place} {self.text.content[:80]!r}; say: {self.word.instead}"


def in_name(words: Sequence[Word], name: str) -> list[Word]:
    """Return the banned words of an identifier, whatever its case."""
    return _used(words, words_of(name), 0)


def in_english(words: Sequence[Word], text: str) -> list[Word]:
    return _used(words, text, re.IGNORECASE)


def in_indonesian(words: Sequence[Word], text: str) -> list[Word]:
    return _used(words, text, 0)


def _used(words: Sequence[Word], text: str, flags: int) -> list[Word]:
    return [word for word in words if re.search(word.pattern, text, flags)]


@cache
def uses() -> tuple[Finding, ...]:
    """Return every use of a banned word, also the right ones.

    Each different text is read once.
    """
    found: list[Finding] = []
    for words, texts, used in (
        (NAMES, names(), in_name),
        (ENGLISH, english(), in_english),
        (INDONESIAN, indonesian(), in_indonesian),
    ):
        known: dict[str, list[Word]] = {}
        for text in texts:
            if text.content not in known:
                known[text.content] = used(words, text.content)
            found += (Finding(word, text) for word in known[text.content])
    return tuple(found)


def is_right(use: Finding) -> bool:
    return use.text.path in EXCEPTIONS.get(use.word.name, {})


def findings() -> Iterator[Finding]:
    """Yield the uses of banned words that no exception covers."""
    return (use for use in uses() if not is_right(use))


def idle_exceptions() -> list[str]:
    """Return the exceptions for a file in which the word does not occur."""
    needed = {(use.word.name, use.text.path) for use in uses()}
    return [
        f"{name}: {path}"
        for name, paths in EXCEPTIONS.items()
        for path in paths
        if (name, path) not in needed
    ]
