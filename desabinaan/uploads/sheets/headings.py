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
from desabinaan.uploads.sheets.reading import workbook_of
from desabinaan.uploads.sheets.rows import MOST_ROWS, Remark, SheetRow
from desabinaan.uploads.sheets.sheet_marks import with_joined_cells

#: column -> the headings it may have, the most usual first
Words: TypeAlias = Mapping[str, Sequence[str]]
HEADING_WITHIN = 25
#: the last column below a joined heading, which counts for all of it
TOTALS = {"jumlah", "total", "jml", "jlh"}
NUMBERED = re.compile(r"\(?\d{1,2}\)?\.?")


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A line of the sheet: the known columns, and every cell as it was."""

    line: int
    cells: Mapping[str, str]
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`headings` by position, `columns` the position of each known column.

    `suggested` are positions with the column that their headings may mean. The module
    `remarks` makes sentences of the `remarks`.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    suggested: Mapping[int, str]
    body: Sequence[SheetRow]
    extension: str
    remarks: Sequence[Remark]

    @property
    def rows(self) -> list[HeadedRow]:
        return [
            HeadedRow(
                row.line,
                {name: _cell(row.cells, at) for name, at in self.columns.items()},
                row.cells,
            )
            for row in self.body
        ]

    def with_columns(self, columns: Mapping[str, int]) -> "Table":
        """Return the same table with columns that the user corrected."""
        return replace(self, columns=columns)


def table_in(content: bytes, words: Words, most_rows: int = MOST_ROWS) -> Table:
    """Return the table of the visible sheet with the most known headings.

    ValidationError if the file is unusable or no heading is known.
    """
    known = {folded(word): name for name, list_ in words.items() for word in list_}

    def choose(first_rows: Sequence[Sequence[SheetRow]]) -> int:
        fits = [_best(rows, known).fit if rows else (-1, 0) for rows in first_rows]
        return fits.index(max(fits))

    workbook = workbook_of(content, most_rows, choose)
    best = _best(workbook.rows, known)
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
    rows = list(with_joined_cells(body, workbook.joined))
    remarks = list(workbook.remarks)
    if rows != list(body):
        remarks.append(("joined_rows", {}))
    return Table(
        best.headings, best.columns, best.suggested, rows, workbook.extension, remarks
    )


# --- Finding -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the top: one or two rows of headings from row `first` on."""

    headings: tuple[str, ...]
    first: int
    header_rows: int
    columns: Mapping[str, int]
    suggested: Mapping[int, str]

    @property
    def fit(self) -> tuple[int, int]:
        return len(self.columns), len(self.suggested)


def _best(rows: Sequence[SheetRow], known: Mapping[str, str]) -> _Reading:
    """Return the reading with the most known headings, the shortest and first one."""
    found = []
    for first, row in enumerate(rows[:HEADING_WITHIN]):
        lower = rows[first + 1].cells if first + 1 < len(rows) else ()
        plain = [
            [] if _heads_several(row.cells, lower, place) else [folded(cell)]
            for place, cell in enumerate(row.cells)
        ]
        found.append(_reading(row.cells, plain, (first, 1), known))
        if lower:
            both, plain = _joined(row.cells, lower)
            found.append(_reading(both, plain, (first, 2), known))
    return max(found, key=lambda one: (one.fit, -one.header_rows, -one.first))


def _heads_several(upper: Sequence[str], lower: Sequence[str], place: int) -> bool:
    """Return whether the heading is joined over columns with headings of their own."""
    return (
        bool(upper[place])
        and place + 1 < len(lower)
        and not _cell(upper, place + 1)
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
        top, bottom = _cell(upper, place), _cell(lower, place)
        above = top or (above if bottom else "")
        headings.append(f"{above} {bottom}".strip())
        ways = [folded(headings[-1])]
        if above and folded(bottom) in TOTALS:
            ways.append(folded(above))
        readings.append(ways)
    return tuple(headings), readings


def _reading(
    headings: Sequence[str],
    readings: Sequence[Sequence[str]],
    rows: tuple[int, int],
    known: Mapping[str, str],
) -> _Reading:
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
        if not meant[at] and (name := _column_in(folded(heading), known)):
            suggested[at] = name
    return _Reading(
        tuple(headings),
        *rows,
        {name: at for name, at in columns.items() if name not in twice},
        suggested,
    )


def _column_in(heading: str, known: Mapping[str, str]) -> str:
    """Return the column with the most words, all in the heading; "" if none."""
    words = set(heading.split())
    fitting = [phrase for phrase in known if phrase and set(phrase.split()) <= words]
    longest = max(fitting, key=lambda phrase: len(phrase.split()), default="")
    return known.get(longest, "")


def _unnumbered(body: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """Skip the row that numbers the columns: (1) (2) (3)."""
    if not body:
        return body
    cells = [cell for cell in body[0].cells if cell]
    numbers = [int(re.sub(r"\D", "", one)) for one in cells if NUMBERED.fullmatch(one)]
    counts_up = numbers == list(range(1, len(cells) + 1)) and len(cells) > 2
    return body[1:] if counts_up else body


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
