"""What a sheet of an XLSX file says beside its cells: joined areas, hidden rows.

The library that reads the cells row by row does not read these; they are found in the
sheet's XML, piece by piece.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string, get_column_letter

from desabinaan.uploads.sheets.rows import JoinedArea, SheetRow

CHUNK = 1024 * 1024
#: how much of one piece is read again, so that no mark is cut in two
OVERLAP = 2048
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
JOINED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"'
)
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*?\bhidden="(?:1|true)")[^>]*?>')
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s(?=[^>]*?\bhidden="(?:1|true)")[^>]*?>')
NUMBER_OF_ROW = re.compile(rb'\br="(\d{1,7})"')
FROM_COLUMN = re.compile(rb'\bmin="(\d{1,5})"')
TO_COLUMN = re.compile(rb'\bmax="(\d{1,5})"')
MOST_JOINED = 20_000
#: a wider range is the empty rest of the sheet
LAST_COLUMN = 1000


@dataclass(slots=True)
class SheetMarks:
    """Lines and columns count from 1, as the spreadsheet program shows them."""

    has_formulas: bool = False
    joined: set[JoinedArea] = field(default_factory=set)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def marks_of(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    """Return the marks of the sheet in this part of the archive."""
    marks = SheetMarks()
    tail = b""
    with archive.open(part) as opened:
        while chunk := opened.read(CHUNK):
            _add_marks(marks, tail + chunk)
            tail = chunk[-OVERLAP:]
    return marks


def with_joined_cells(
    rows: Iterable[SheetRow], joined: Iterable[JoinedArea]
) -> Iterator[SheetRow]:
    """Yield the rows with the value of each joined area in all its rows.

    An area that begins above the first row belongs to the headings.
    """
    waiting: dict[int, list[JoinedArea]] = {}
    for area in sorted(joined, key=lambda one: one.first, reverse=True):
        waiting.setdefault(area.column, []).append(area)
    current: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells = list(row.cells)
        for column, areas in waiting.items():
            while areas and areas[-1].first <= row.line:
                area = areas.pop()
                begins_here = area.first == row.line
                value = _cell(cells, column) if begins_here else ""
                current[column] = (area.last, value)
            last, value = current.get(column, (0, ""))
            if row.line <= last and value and not _cell(cells, column):
                cells += [""] * (column - len(cells))
                cells[column - 1] = value
        yield SheetRow(row.line, tuple(cells))


def lines_in_words(lines: Iterable[int]) -> str:
    """Return numbers of lines with ranges: "5-9, 12"."""
    ranges: list[tuple[int, int]] = []
    for line in sorted(lines):
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1] = (ranges[-1][0], line)
        else:
            ranges.append((line, line))
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def columns_in_words(columns: Iterable[int]) -> str:
    """Return letters of columns: "C, F"."""
    return ", ".join(get_column_letter(column) for column in sorted(columns))


def _add_marks(marks: SheetMarks, text: bytes) -> None:
    marks.has_formulas = marks.has_formulas or bool(FORMULA.search(text))
    for column, first, last in JOINED.findall(text):
        if int(last) > int(first):
            at = column_index_from_string(column.decode())
            marks.joined.add(JoinedArea(at, int(first), int(last)))
    if len(marks.joined) > MOST_JOINED:
        raise ValidationError(
            _(
                "The sheet has more than %(limit)s joined cells. Copy only the table "
                "into a new workbook and choose that one."
            ),
            "too_many_joined",
            {"limit": number_format(MOST_JOINED, force_grouping=True)},
        )
    for tag in HIDDEN_ROW.findall(text):
        if found := NUMBER_OF_ROW.search(tag):
            marks.hidden_lines.add(int(found[1]))
    for tag in HIDDEN_COLUMN.findall(text):
        first, last = FROM_COLUMN.search(tag), TO_COLUMN.search(tag)
        if first and last:
            columns = range(int(first[1]), min(int(last[1]), LAST_COLUMN) + 1)
            marks.hidden_columns.update(columns)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column - 1] if column <= len(cells) else ""
