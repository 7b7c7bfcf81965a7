"""Tables that people copy out of a spreadsheet and paste into a form."""

import csv
import re
from collections.abc import Mapping, Sequence

from desabinaan.lib.text.folding import folded

Row = list[str]


def pasted_rows(text: str) -> list[Row]:
    """Return the cells of a pasted table, trimmed and without blank rows.

    Columns are separated by tabs, as spreadsheets copy them, or else by semicolons.
    """
    text = text.replace("\0", " ").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = "\t" if "\t" in text else ";"
    if text.count('"') % 2:
        # A single quotation mark belongs to a name; a pair of them encloses a cell.
        lines = text.split("\n")
        cells = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        cells = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    rows = [[" ".join(cell.split()) for cell in row] for row in cells]
    return [row for row in rows if any(row)]


def named_cells(
    rows: Sequence[Row], headings: Mapping[str, Sequence[str]]
) -> list[dict[str, str]]:
    """Return each row as column -> cell.

    `headings` holds, in the usual order of the columns, the headings each may have. A
    first row of headings sets the order; without one the usual order applies. A missing
    column reads as "".
    """
    columns = _columns(rows[0], headings) if rows else {}
    body = rows[1:] if columns else rows
    places = columns or {name: place for place, name in enumerate(headings)}
    return [{name: _cell(row, places.get(name)) for name in headings} for row in body]


def _columns(row: Row, headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the position of each heading; empty if this is no row of headings."""
    known = {
        _without_digits(word): name
        for name, words in headings.items()
        for word in words
    }
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = known.get(_without_digits(cell))
        if name:
            found.setdefault(name, place)
    first = next(iter(headings))
    filled = sum(bool(cell) for cell in row)
    return found if first in found and (len(found) > 1 or filled == 1) else {}


def _cell(row: Row, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _without_digits(heading: str) -> str:
    """Return the heading as it compares; pasted ones may be numbered ("2. Nama")."""
    return " ".join(re.sub(r"\d+", " ", folded(heading)).split())
