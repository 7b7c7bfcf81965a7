"""Whether the first row of a pasted table are headings, and of which columns."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.text.folding import folded
from desabinaan.uploads.sheets.pasted import Row

HEADING_WITHIN = 5
#: words of headings that never head a column in use
OTHER_HEADINGS = {
    "no", "nomor", "urut", "keterangan", "ket", "ttd", "paraf", "tanda", "tangan",
    "email", "e", "mail", "surel", "nip", "nik", "nrp", "alamat", "pangkat", "gol",
    "golongan", "catatan", "peserta", "posisi", "remarks",
}  # fmt: skip
LINKS = {"dan", "atau", "and", "or", "yang"}


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """Words of the headings of one column: one of `keys`, and any of `others`.

    Words `only_there` are found in headings only, never in a row.
    """

    keys: Collection[str]
    others: Collection[str] = ()
    only_there: Collection[str] = ()

    def covers(self, words: Collection[str]) -> bool:
        known = {*self.keys, *self.others, *LINKS}
        return known.issuperset(words) and any(word in self.keys for word in words)


#: column -> the words of its headings, in the usual order of the columns
Vocabulary: TypeAlias = Mapping[str, HeadingWords]


def cell_of(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def column_of(rows: Sequence[Row], place: int) -> list[str]:
    return [cell_of(row, place) for row in rows]


def heading_line(rows: Sequence[Row], words: Vocabulary) -> int | None:
    """Return the index of the sure row of headings; only titles precede it."""
    first = next(iter(words))
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        known = known_columns(row, words)
        filled = sum(map(bool, row))
        if len(known) > 1 or (filled == 1 and first in known):
            return index
        if filled > 1:
            return None
    return None


def known_columns(row: Row, words: Vocabulary) -> dict[str, int]:
    """Return column -> position of the headings of which every word is known."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        fitting = [name for name, known in words.items() if known.covers(_words(cell))]
        if len(fitting) == 1:
            found.setdefault(fitting[0], place)
    return found


def may_be_headings(rows: Sequence[Row], words: Vocabulary) -> bool:
    """Whether the first row looks like headings, or like a title, not like a row."""
    if not rows:
        return False
    known = {word for one in words.values() for word in (*one.keys, *one.others)}
    known |= OTHER_HEADINGS | LINKS
    in_headings = {word for one in words.values() for word in one.only_there}
    cells = [_words(cell) for cell in rows[0] if cell]
    if any(cell and (cell <= known or cell & in_headings) for cell in cells):
        return True
    others = rows[1:]
    if len(cells) == 1 and others and all(sum(map(bool, row)) > 1 for row in others):
        return True
    return any(
        not says_nothing(cell)
        and not any(map(str.isdigit, cell))
        and holds_numbers(others, place)
        for place, cell in enumerate(rows[0])
    )


def holds_numbers(rows: Sequence[Row], place: int) -> bool:
    cells = [cell for cell in column_of(rows, place) if not says_nothing(cell)]
    return bool(cells) and not any(map(str.isalpha, "".join(cells)))


def _words(heading: str) -> set[str]:
    """Return the words of a heading; pasted ones may be numbered ("2. Nama")."""
    return set(re.sub(r"\d+", " ", folded(heading)).split())
