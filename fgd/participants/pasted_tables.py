"""What the columns of a pasted table mean, and which of its lines are rows.

A heading is taken by itself only if all of its words are known: "Nama & Gelar" is the
name, "Nama yang mewakili" is asked. Nothing is dropped without a remark.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.text.folding import folded, plain_signs
from desabinaan.uploads.sheets.pasted import Row
from desabinaan.uploads.sheets.rows import Remark
from fgd.participants.pasted_headings import (
    Vocabulary,
    cell_of,
    column_of,
    heading_line,
    holds_numbers,
    known_columns,
    may_be_headings,
)

COUNT = re.compile(r"\(?(?P<number>\d{1,4})\s*[.)]{0,2}")
COUNT_BEFORE = re.compile(r"\(?(?P<number>\d{1,4})\s*[.)]+\s*(?=\D)")
#: how telephone numbers begin, unlike codes of places and of officials
TELEPHONE = re.compile(r"[+('\s]*(?:0|62|8)(?:[\s().\-/]*[0-9]){5,14}[\s)]*$")
COUNT_HEADINGS = {"no", "nomor", "no urut", "nomor urut", "urut", "nr"}


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row of the table; `line` counts the lines of the text that are not blank."""

    line: int
    cells: Row


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A table and what was understood of it.

    `is_headed` is None when the first row may be headings. `columns` holds the position
    of each column that is clear, `unclear` the positions to be asked about, `counting`
    the position of a column that only counts the rows.
    """

    body: Sequence[PastedRow]
    headings: Sequence[str] = ()
    is_headed: bool | None = False
    columns: Mapping[str, int] = field(default_factory=dict)
    unclear: Sequence[int] = ()
    counting: int | None = None
    remarks: Sequence[Remark] = ()

    @property
    def width(self) -> int:
        rows = [self.headings, *(row.cells for row in self.body)]
        return max(map(len, rows))

    def samples(self, place: int, most: int = 3) -> list[str]:
        """Return the first different cells of a column."""
        cells = (cell_of(row.cells, place) for row in self.body)
        return list(dict.fromkeys(cell for cell in cells if cell))[:most]


def pasted_table(
    rows: Sequence[Row], words: Vocabulary, is_headed: bool | None = None
) -> PastedTable:
    """Return the table; `is_headed` is the answer whether it begins with headings."""
    lines = [PastedRow(line, row) for line, row in enumerate(rows, start=1)]
    first = heading_line(rows, words)
    if is_headed is None and first is not None:
        is_headed = True
    elif is_headed is None:
        is_headed = None if may_be_headings(rows, words) else False
    if is_headed is False:
        return _without_headings(lines, words)
    at = first or 0
    table = PastedTable(
        lines[at + 1 :],
        rows[at] if rows else (),
        is_headed,
        remarks=[_lines_remark("title_lines", lines[:at])] if at else (),
    )
    return _with_columns(_without_repetition(table), words)


def without_counts(names: Sequence[str]) -> list[str] | None:
    """Return the texts without "1.", "2." in front of them; None if they do not count.

    For lists without columns, as they are sent by messenger.
    """
    found = [COUNT_BEFORE.match(name) for name in names if name]
    numbers = [int(one["number"]) for one in found if one]
    if not found or len(numbers) < len(found) or not _counts_up(numbers):
        return None
    return [COUNT_BEFORE.sub("", name, count=1) for name in names]


# --- Headings ----------------------------------------------------------------


def _without_repetition(table: PastedTable) -> PastedTable:
    """Skip the headings of later pages and the row that numbers the columns."""
    again, numbering, body = [], [], []
    headings = [folded(cell) for cell in table.headings]
    for row in table.body:
        if [folded(cell) for cell in row.cells] == headings:
            again.append(row)
        elif row is table.body[0] and _numbers_columns(row.cells):
            numbering.append(row)
        else:
            body.append(row)
    remarks = [
        _lines_remark(word, rows)
        for word, rows in (
            ("repeated_headings", again),
            ("numbered_columns", numbering),
        )
        if rows
    ]
    return replace(table, body=body, remarks=[*table.remarks, *remarks])


def _numbers_columns(row: Row) -> bool:
    numbers = [COUNT.fullmatch(cell) for cell in row if cell]
    found = [int(one["number"]) for one in numbers if one]
    return len(found) == len(numbers) > 2 and found[0] == 1 and _counts_up(found)


def _lines_remark(word: str, rows: Sequence[PastedRow]) -> Remark:
    shown = "; ".join(" ".join(filter(None, row.cells)) for row in rows)
    return word, {"count": str(len(rows)), "text": shown[:120]}


# --- Columns -----------------------------------------------------------------


def _with_columns(table: PastedTable, words: Vocabulary) -> PastedTable:
    """Set the columns by their headings; ask about the others if one is missing."""
    columns = known_columns(list(table.headings), words)
    counting = _counting(table)
    is_complete = table.is_headed and len(columns) == len(words)
    rest = set(range(table.width)) - set(columns.values()) - {counting}
    unclear = [] if is_complete else [at for at in rest if table.samples(at, 1)]
    return _without_counting(
        replace(table, columns=columns, unclear=sorted(unclear), counting=counting)
    )


def _without_headings(lines: Sequence[PastedRow], words: Vocabulary) -> PastedTable:
    """Set the columns in their usual order; the last is one of telephones, if any.

    Other columns of numbers are asked about.
    """
    table = PastedTable(lines)
    if not lines:
        return table
    rows = [row.cells for row in lines]
    counting = _counting(table)
    filled = [at for at in range(table.width) if any(column_of(rows, at))]
    used = [at for at in range(filled[0], filled[-1] + 1) if at != counting]
    numbers = [at for at in used if holds_numbers(rows, at)]
    telephones = [at for at in numbers if _holds_telephones(rows, at)]
    *texts, last = words
    columns = dict(
        zip(
            texts if telephones else words,
            [at for at in used if at not in numbers],
            strict=False,
        )
    )
    if telephones:
        columns[last] = telephones[0]
    unclear = [at for at in numbers if at not in telephones[:1]]
    return _without_counting(
        replace(table, columns=columns, unclear=unclear, counting=counting)
    )


def _holds_telephones(rows: Sequence[Row], place: int) -> bool:
    cells = [cell for cell in column_of(rows, place) if not says_nothing(cell)]
    return all(TELEPHONE.match(plain_signs(cell)) for cell in cells)


def _counting(table: PastedTable) -> int | None:
    """Return the first column that is filled, if it only counts the rows."""
    rows = [row.cells for row in table.body]
    filled = [at for at in range(table.width) if any(column_of(rows, at))]
    if not filled:
        return None
    at = filled[0]
    if " ".join(folded(cell_of(table.headings, at)).split()) in COUNT_HEADINGS:
        return at
    cells = [COUNT.fullmatch(cell) for cell in column_of(rows, at) if cell]
    numbers = [int(one["number"]) for one in cells if one]
    counts = len(numbers) == len(cells) and _counts_up(numbers)
    return at if counts and len(filled) > 1 else None


def _counts_up(numbers: Sequence[int]) -> bool:
    return list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))


def _without_counting(table: PastedTable) -> PastedTable:
    """Skip rows that are blank, or hold only their number or words for nothing."""
    said: list[PastedRow] = []
    blank: list[PastedRow] = []
    for row in table.body:
        cells = (cell for at, cell in enumerate(row.cells) if at != table.counting)
        (blank if all(map(says_nothing, cells)) else said).append(row)
    remarks = list(table.remarks)
    if table.counting is not None:
        samples = ", ".join(table.samples(table.counting))
        remarks.append(("counting_column", {"samples": samples}))
    if blank:
        remarks.append(_lines_remark("blank_rows", blank))
    return replace(table, body=said, remarks=remarks)
