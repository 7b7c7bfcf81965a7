"""Find the headings of a list and the column that each of them means.

Lists begin with titles and emblems, join heading cells ("SK Penetapan" above
"Nomor" and "Tanggal"), and number their columns in a row of its own.

Only a heading that is known word for word is taken. One with more words ("No. HP
Pimpasa" beside the known "No. HP") may mean something else: it is only suggested.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desabinaan.lib.text.folding import folded
from desabinaan.uploads.sheets.counting import numbers_columns
from desabinaan.uploads.sheets.endings import without_endings
from desabinaan.uploads.sheets.reading import Workbook, workbook_of
from desabinaan.uploads.sheets.rows import MOST_ROWS, Remark, SheetRow, cell_of
from desabinaan.uploads.sheets.sheet_marks import with_joined_cells

#: column -> the headings it may have, the most usual first
Words: TypeAlias = Mapping[str, Sequence[str]]
#: heading as `heading_key` returns it -> column
Known: TypeAlias = Mapping[str, str]
HEADING_WITHIN = 25
#: the last column below a joined heading, which counts for all of it
TOTALS = {"jumlah", "total", "jml", "jlh"}
NUMBER_BEFORE = re.compile(r"^\d{1,2} (?=\D)")


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A line of the sheet with its cells in the known columns."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`headings` by position, `columns` the position of each known column.

    `suggested` are positions with the column that their headings may mean, `unclear`
    those to be asked about without a suggestion. `is_headed` is None when the first
    row may be headings or not; it is then read as headings. The module `remarks` makes
    sentences of the `remarks`.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    suggested: Mapping[int, str]
    body: Sequence[SheetRow]
    remarks: Sequence[Remark]
    unclear: Sequence[int] = ()
    is_headed: bool | None = True

    @property
    def rows(self) -> list[HeadedRow]:
        return [
            HeadedRow(
                row.line,
                {name: cell_of(row.cells, at) for name, at in self.columns.items()},
            )
            for row in self.body
        ]

    def with_columns(self, columns: Mapping[str, int]) -> "Table":
        """Return the same table with columns that the user corrected."""
        return replace(self, columns=columns)

    def with_suggestions(self, hints: Words) -> "Table":
        """Return the table with headings to ask about: they have all words of a hint.

        "Jumlah Penduduk Miskin" has a word of poverty, but may be no percentage.
        """
        suggested = dict(self.suggested)
        known = {*self.columns.values(), *suggested}
        for place, heading in enumerate(self.headings):
            if place not in known and (name := _hinted(heading, hints)):
                suggested[place] = name
        return replace(self, suggested=suggested)


def workbook_with(words: Words, content: bytes, most_rows: int = MOST_ROWS) -> Workbook:
    """Return the visible sheet with the most known headings."""
    known = known_headings(words)

    def choose(first_rows: Sequence[Sequence[SheetRow]]) -> int:
        fits = [_best(rows, known).fit if rows else (-1, 0) for rows in first_rows]
        return fits.index(max(fits))

    return workbook_of(content, most_rows, choose)


def headed_table(workbook: Workbook, words: Words) -> Table:
    """Return the table below its headings; ValidationError if none is known."""
    best = _best(workbook.rows, known_headings(words))
    if not best.columns and not best.suggested:
        first = [list_[0].title() for list_ in list(words.values())[:3]]
        raise ValidationError(
            _(
                "No row of headings was found, such as “%(first)s”. Use the template, "
                "or write headings into the first row."
            ),
            "no_headings",
            {"first": "”, “".join(first)},
        )
    body = _unnumbered(workbook.rows[best.first + best.header_rows :])
    rows, remarks = with_remarks(workbook, body)
    return Table(best.headings, best.columns, best.suggested, rows, remarks)


def with_remarks(
    workbook: Workbook, body: Sequence[SheetRow]
) -> tuple[list[SheetRow], list[Remark]]:
    """Return the rows of the list, with joined cells in all their lines, and all
    remarks so far.
    """
    listed, skipped = without_endings(body)
    rows = list(with_joined_cells(listed, workbook.joined))
    remarks = [*workbook.remarks, *skipped]
    if rows != list(listed):
        remarks.append(("joined_rows", {}))
    return rows, remarks


def known_headings(words: Words) -> dict[str, str]:
    return {heading_key(word): name for name, list_ in words.items() for word in list_}


def heading_key(heading: str) -> str:
    """Return the heading as it compares: "2. Nama & Gelar" is "nama gelar"."""
    return NUMBER_BEFORE.sub("", folded(heading))


# --- Finding -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the top: one or two rows of headings from row `first` on."""

    headings: tuple[str, ...]
    first: int
    header_rows: int
    columns: Mapping[str, int]
    suggested: Mapping[int, str]

    @property
    def fit(self) -> tuple[int, int]:
        return len(self.columns), len(self.suggested)


def _best(rows: Sequence[SheetRow], known: Known) -> Reading:
    """Return the reading with the most known headings, the shortest and first one."""
    found = []
    for first, row in enumerate(rows[:HEADING_WITHIN]):
        lower = rows[first + 1].cells if first + 1 < len(rows) else ()
        plain = [
            [] if _heads_several(row.cells, lower, place) else [heading_key(cell)]
            for place, cell in enumerate(row.cells)
        ]
        found.append(reading_of(row.cells, plain, (first, 1), known))
        if lower:
            both, plain = _joined(row.cells, lower)
            found.append(reading_of(both, plain, (first, 2), known))
    return max(found, key=lambda one: (one.fit, -one.header_rows, -one.first))


def _heads_several(upper: Sequence[str], lower: Sequence[str], place: int) -> bool:
    """Return whether the heading is joined over columns with headings of their own."""
    return (
        bool(upper[place])
        and place + 1 < len(lower)
        and not cell_of(upper, place + 1)
        and all(any(map(str.isalpha, lower[at])) for at in (place, place + 1))
    )


def _joined(
    upper: Sequence[str], lower: Sequence[str]
) -> tuple[tuple[str, ...], list[list[str]]]:
    """Join two rows of headings: an upper joined cell belongs to all cells below it.

    Return the headings, and in which ways each may be read: "Jumlah Penduduk" above
    "L", "P" and "Jumlah" is the number of inhabitants in the last of the three.
    """
    width = max(len(upper), len(lower))
    headings, readings, above = [], [], ""
    for place in range(width):
        top, bottom = cell_of(upper, place), cell_of(lower, place)
        above = top or (above if bottom else "")
        headings.append(f"{above} {bottom}".strip())
        ways = [heading_key(headings[-1])]
        if above and folded(bottom) in TOTALS:
            ways.append(heading_key(above))
        readings.append(ways)
    return tuple(headings), readings


def reading_of(
    headings: Sequence[str],
    readings: Sequence[Sequence[str]],
    rows: tuple[int, int],
    known: Known,
) -> Reading:
    """Return the columns whose headings are known word for word, each only once.

    `readings` are the ways to read each heading; none for a heading of several columns.
    """
    meant = [
        next((known[way] for way in ways if way in known), "") for ways in readings
    ]
    columns = {name: at for at, name in enumerate(meant) if name}
    twice = {name for name in columns if meant.count(name) > 1}
    suggested = {at: name for at, name in enumerate(meant) if name in twice}
    for at, heading in enumerate(headings):
        if not meant[at] and (name := _column_in(heading_key(heading), known)):
            suggested[at] = name
    return Reading(
        tuple(headings),
        *rows,
        {name: at for name, at in columns.items() if name not in twice},
        suggested,
    )


def _column_in(heading: str, known: Known) -> str:
    """Return the column with the most words, all in the heading; "" if none.

    Else that of the shortest known heading with all words of this one, if it has more
    than one: "Pekerja migran" may be "Pekerja migran per 1.000".
    """
    words = set(heading.split())
    phrases = {phrase: set(phrase.split()) for phrase in known if phrase}
    within = [phrase for phrase, its in phrases.items() if its <= words]
    if within or len(words) < 2:
        longest = max(within, key=lambda phrase: len(phrases[phrase]), default="")
        return known.get(longest, "")
    around = [phrase for phrase, its in phrases.items() if words < its]
    shortest = min(around, key=lambda phrase: len(phrases[phrase]), default="")
    return known.get(shortest, "")


def _hinted(heading: str, hints: Words) -> str:
    """Return the first column with a hint all of whose words are in the heading."""
    words = set(heading_key(heading).split())
    return next(
        (
            name
            for name, phrases in hints.items()
            if any(words.issuperset(phrase.split()) for phrase in phrases)
        ),
        "",
    )


def _unnumbered(body: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """Skip the row that numbers the columns: (1) (2) (3)."""
    if not body:
        return body
    return body[1:] if numbers_columns(body[0].cells) else body
