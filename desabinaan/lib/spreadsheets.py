"""Tables that people copy out of a spreadsheet and paste into a form."""

import csv
import re
from collections.abc import Mapping, Sequence

Row = list[str]


def pasted_rows(text: str) -> list[Row]:
    """The cells of a pasted table, row by row, without margins and blank rows.

    Columns are parted by tabs, as spreadsheets copy them, or else by semicolons.
    """
    text = text.replace("\0", " ").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = "\t" if "\t" in text else ";"
    if text.count('"') % 2:
        # A single quotation mark belongs to a name; a pair of them encloses a cell.
        lines = text.split("\n")
        cells = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        cells = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    rows = [[_plain(cell) for cell in row] for row in cells]
    return [row for row in rows if any(row)]


def named_cells(
    rows: Sequence[Row], headings: Mapping[str, Sequence[str]]
) -> list[dict[str, str]]:
    """Each row as column -> cell.

    `headings` holds, in the usual order of the columns, the words that may stand
    above each. A first row of such words says the order; without one the usual
    order counts. A column that is missing reads as "".
    """
    columns = _columns(rows[0], headings) if rows else {}
    body = rows[1:] if columns else rows
    places = columns or {name: place for place, name in enumerate(headings)}
    return [{name: _cell(row, places.get(name)) for name in headings} for row in body]


def _columns(row: Row, headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each known heading stands; empty unless the row is a row of headings."""
    known = {_folded(word): name for name, words in headings.items() for word in words}
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = known.get(_folded(cell))
        if name:
            found.setdefault(name, place)
    first = next(iter(headings))
    filled = sum(bool(cell) for cell in row)
    return found if first in found and (len(found) > 1 or filled == 1) else {}


def _cell(row: Row, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _plain(cell: str) -> str:
    return " ".join(cell.split())


def _folded(word: str) -> str:
    return re.sub(r"[^a-z]+", " ", word.casefold()).strip()
