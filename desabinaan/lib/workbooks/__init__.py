"""Spreadsheets that people upload: judged by content, read into rows of plain text.

    workbook = read_workbook(upload)               # ValidationError says what is wrong
    table = headed_table(workbook, {"village": ("desa", "nama desa"), ...})
    for row in table.rows: row.line, row.cells["village"]

A cell is text as an Indonesian would type it: "36.04.13.2007", "1234,5" (a decimal
comma, no thousands separators), a day as "2025-11-12". `day_in`, `number_in` and
`coordinate_in` read such a cell, and whatever people typed themselves.
"""

from desabinaan.lib.workbooks.headings import HeadedRow, Table, folded, headed_table
from desabinaan.lib.workbooks.reading import (
    LIMIT,
    Workbook,
    read_workbook,
    refuse_large,
    workbook_of,
)
from desabinaan.lib.workbooks.remarks import remark_told
from desabinaan.lib.workbooks.rows import MOST_ROWS, Row
from desabinaan.lib.workbooks.values import coordinate_in, day_in, number_in

__all__ = [
    "LIMIT",
    "MOST_ROWS",
    "HeadedRow",
    "Row",
    "Table",
    "Workbook",
    "coordinate_in",
    "day_in",
    "folded",
    "headed_table",
    "number_in",
    "read_workbook",
    "refuse_large",
    "remark_told",
    "workbook_of",
]
