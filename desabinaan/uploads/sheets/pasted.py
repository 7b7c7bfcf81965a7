"""Text that people copy out of a spreadsheet or a document, cut into cells."""

import re
from typing import TypeAlias

Row: TypeAlias = list[str]


def pasted_rows(text: str) -> list[Row]:
    """Return the cells of a pasted table, trimmed and without blank rows.

    Columns are separated by tabs, as spreadsheets copy them, or else by semicolons.
    Only a real line break ends a row: the soft ones of Word and of spreadsheets
    (U+2028, vertical tab) stay inside their cell. A cell is enclosed in quotation
    marks only when it could not be written without them, or when all of its row are;
    other quotation marks belong to the text, as in: Siti "Ani" Contoh.
    """
    text = text.replace("\0", " ").replace("\r\n", "\n").replace("\r", "\n")
    rows = _cells(text, "\t" if "\t" in text else ";")
    return [row for row in rows if any(row)]


def pasted_lines(text: str) -> list[str]:
    """Return the lines that are not blank, for texts that may come from a table.

    The cells of a table are separated by tabs, and a soft line break ends no line.
    """
    if "\t" in text:
        return ["\t".join(row) for row in pasted_rows(text)]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line for line in (" ".join(one.split()) for one in lines) if line]


def _cells(text: str, separator: str) -> list[Row]:
    # Spreadsheets cannot hold a tab in a cell: a mark that spans one belongs to a name.
    inside = '[^"\t]' if separator == "\t" else '[^"]'
    cell = re.compile(
        rf'[ ]*"(?P<enclosed>(?:{inside}|"")*)"[ ]*(?=[{separator}\n]|\Z)'
        rf"|(?P<bare>[^{separator}\n]*)"
    )
    rows: list[Row] = []
    found: list[re.Match[str]] = []
    place = 0
    while place <= len(text) and (one := cell.match(text, place)):
        found.append(one)
        place = one.end() + 1
        if one.end() == len(text) or text[one.end()] == "\n":
            rows.append(_unquoted(found, separator))
            found = []
    return rows


def _unquoted(cells: list[re.Match[str]], separator: str) -> Row:
    """Return the trimmed texts, without the marks that only enclose a cell."""
    written = [one for one in cells if one[0].strip()]
    all_enclosed = len(written) > 1 and all(
        one["enclosed"] is not None for one in written
    )
    row = []
    for one in cells:
        enclosed = one["enclosed"]
        if enclosed is None:
            text = one[0]
        elif all_enclosed or any(sign in enclosed for sign in ("\n", '""', separator)):
            text = enclosed.replace('""', '"')
        else:
            text = one[0]
        row.append(" ".join(text.split()))
    return row
