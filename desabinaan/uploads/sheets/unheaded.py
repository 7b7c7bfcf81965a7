"""Tables that may lack headings: people paste them out of letters and messages.

Whether the first row are headings is known, or asked. Without headings the columns
are those in the usual order. Nothing is dropped without a remark.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.text.folding import folded, plain_signs
from desabinaan.uploads.sheets.counting import counts, numbers_columns, without_counts
from desabinaan.uploads.sheets.headings import (
    HEADING_WITHIN,
    Known,
    Reading,
    Table,
    Words,
    heading_key,
    known_headings,
    reading_of,
    with_remarks,
)
from desabinaan.uploads.sheets.reading import Workbook
from desabinaan.uploads.sheets.rows import Remark, SheetRow, cell_of

#: how telephone numbers begin, unlike codes of places and of officials
TELEPHONE = re.compile(r"[+('\s]*(?:0|62|8)(?:[\s().\-/]*[0-9]){5,14}[\s)]*$")
COUNT_HEADINGS = {"no", "nomor", "no urut", "nomor urut", "urut", "nr"}
#: below a title the only heading of a list may follow; further down it may be a row
ONE_HEADING_WITHIN = 5
#: words of headings of columns that no list uses
OTHER_HEADINGS = {
    "no", "nomor", "urut", "keterangan", "ket", "ttd", "paraf", "tanda", "tangan",
    "email", "e", "mail", "surel", "nip", "nik", "nrp", "alamat", "pangkat", "gol",
    "golongan", "catatan", "peserta", "posisi", "remarks",
}  # fmt: skip
LINKS = {"dan", "atau", "and", "or", "yang"}


@dataclass(frozen=True, slots=True)
class UnheadedColumns:
    """How to read a table of this kind that has no headings.

    `order` are its columns as people usually write them, `telephone` the one that is
    found by what it holds. The words `only_in_headings` are never found in a row.
    """

    order: Sequence[str]
    telephone: str
    only_in_headings: Collection[str]


def perhaps_headed_table(
    workbook: Workbook,
    words: Words,
    unheaded: UnheadedColumns,
    is_headed: bool | None = None,
) -> Table:
    """Return the table; `is_headed` is the answer whether it begins with headings."""
    rows, known = workbook.rows, known_headings(words)
    sure = _sure_headings(rows, known, unheaded.order[0])
    if is_headed is None and sure is not None:
        is_headed = True
    elif is_headed is None:
        may_be = _may_be_headings([row.cells for row in rows], known, unheaded)
        is_headed = None if may_be else False
    if is_headed is False:
        table = _table(workbook, rows, is_headed=False)
        return _finished(_with_usual_columns(table, unheaded))
    reading = sure or _reading_at(0, rows, known)
    table = replace(
        _table(workbook, rows[reading.first + 1 :], is_headed),
        headings=reading.headings,
        columns=reading.columns,
        suggested=reading.suggested,
    )
    if reading.first:
        titles = _lines_remark("title_lines", rows[: reading.first])
        table = replace(table, remarks=[*table.remarks, titles])
    return _finished(_with_unclear_columns(_without_repetition(table), known))


# --- Headings ----------------------------------------------------------------


def _sure_headings(
    rows: Sequence[SheetRow], known: Known, first_column: str
) -> Reading | None:
    """Return the row that certainly are headings; only titles precede it."""
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        reading = _reading_at(at, rows, known)
        filled = sum(map(bool, row.cells))
        is_only_heading = filled == 1 and first_column in reading.columns
        if len(reading.columns) > 1 or (is_only_heading and at < ONE_HEADING_WITHIN):
            return reading
        if filled > 1:
            return None
    return None


def _reading_at(at: int, rows: Sequence[SheetRow], known: Known) -> Reading:
    cells = rows[at].cells
    return reading_of(cells, [[heading_key(cell)] for cell in cells], (at, 1), known)


def _may_be_headings(
    rows: Sequence[Sequence[str]], known: Known, unheaded: UnheadedColumns
) -> bool:
    """Return whether the first row looks like headings or a title, not like a row."""
    familiar = {word for heading in known for word in heading.split()}
    familiar |= OTHER_HEADINGS | LINKS
    only_there = set(unheaded.only_in_headings)
    cells = [set(heading_key(cell).split()) for cell in rows[0] if cell]
    if any(cell and (cell <= familiar or cell & only_there) for cell in cells):
        return True
    others = rows[1:]
    if len(cells) == 1 and others and all(sum(map(bool, row)) > 1 for row in others):
        return True
    return any(
        not says_nothing(cell)
        and not any(map(str.isdigit, cell))
        and _holds_numbers([cell_of(row, place) for row in others])
        for place, cell in enumerate(rows[0])
    )


def _without_repetition(table: Table) -> Table:
    """Skip the headings of later pages and the row that numbers the columns."""
    again, numbering, body = [], [], []
    headings = [folded(cell) for cell in table.headings]
    for row in table.body:
        if [folded(cell) for cell in row.cells] == headings:
            again.append(row)
        elif row is table.body[0] and numbers_columns(row.cells):
            numbering.append(row)
        else:
            body.append(row)
    skipped = (("repeated_headings", again), ("numbered_columns", numbering))
    remarks = [_lines_remark(word, rows) for word, rows in skipped if rows]
    return replace(table, body=body, remarks=[*table.remarks, *remarks])


# --- Columns -----------------------------------------------------------------


def _with_unclear_columns(table: Table, known: Known) -> Table:
    """Ask about the other headings while a column is missing."""
    if table.is_headed and len(table.columns) == len(set(known.values())):
        return table
    clear = {*table.columns.values(), *table.suggested, _counting(table)}
    places = [at for at, cells in _columns(table) if any(cells) and at not in clear]
    return replace(table, unclear=places)


def _with_usual_columns(table: Table, unheaded: UnheadedColumns) -> Table:
    """Set the columns in their usual order; other columns of numbers are asked about.

    A cell that the last columns leave blank does not shift them.
    """
    counting = _counting(table)
    columns = dict(_columns(table))
    filled = [at for at, cells in columns.items() if any(cells)]
    used = [at for at in range(filled[0], filled[-1] + 1) if at != counting]
    numbers = [at for at in used if _holds_numbers(columns[at])]
    telephones = [at for at in numbers if _holds_telephones(columns[at])][:1]
    texts = [at for at in used if at not in numbers]
    names = [
        name for name in unheaded.order if not telephones or name != unheaded.telephone
    ]
    meant = dict(zip(names, texts, strict=False))
    if telephones:
        meant[unheaded.telephone] = telephones[0]
    unclear = [at for at in numbers if at not in telephones]
    return replace(table, columns=meant, unclear=unclear)


def _holds_numbers(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if not says_nothing(cell)]
    return bool(said) and not any(map(str.isalpha, "".join(said)))


def _holds_telephones(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if not says_nothing(cell)]
    return all(TELEPHONE.match(plain_signs(cell)) for cell in said)


def _counting(table: Table) -> int | None:
    """Return the first column that is filled, if it only counts the rows."""
    filled = [(at, cells) for at, cells in _columns(table) if any(cells)]
    if not filled:
        return None
    at, cells = filled[0]
    if heading_key(cell_of(table.headings, at)) in COUNT_HEADINGS:
        return at
    return at if counts(cells) and len(filled) > 1 else None


def _columns(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the position and the cells of each column."""
    width = max([len(table.headings), *(len(row.cells) for row in table.body)])
    for at in range(width):
        yield at, [cell_of(row.cells, at) for row in table.body]


# --- Rows --------------------------------------------------------------------


def _table(
    workbook: Workbook, rows: Sequence[SheetRow], is_headed: bool | None
) -> Table:
    """Return these rows as a table whose columns are not known yet."""
    body, remarks = with_remarks(workbook, rows)
    return Table((), {}, {}, body, remarks, (), is_headed)


def _finished(table: Table) -> Table:
    """Skip what only counts, and rows that are blank or hold words for nothing."""
    counting = _counting(table)
    said: list[SheetRow] = []
    blank: list[SheetRow] = []
    for row in table.body:
        cells = (cell for at, cell in enumerate(row.cells) if at != counting)
        (blank if all(map(says_nothing, cells)) else said).append(row)
    remarks = list(table.remarks)
    if counting is not None:
        numbers = [cell_of(row.cells, counting) for row in said]
        samples = list(dict.fromkeys(filter(None, numbers)))[:3]
        remarks.append(("counting_column", {"samples": ", ".join(samples)}))
    if blank:
        remarks.append(_lines_remark("blank_rows", blank))
    return _without_counts(replace(table, body=said, remarks=remarks))


def _without_counts(table: Table) -> Table:
    """Drop the numbers before the texts of a column, if all of them count up."""
    bare: dict[int, list[str]] = {}
    remarks = list(table.remarks)
    for at, cells in _columns(table):
        if (texts := without_counts(cells)) is not None:
            bare[at] = texts
            remarks.append(("counts", {"samples": ", ".join(cells[:2])}))
    body = [
        replace(
            row,
            cells=tuple(
                bare[at][number] if at in bare else cell
                for at, cell in enumerate(row.cells)
            ),
        )
        for number, row in enumerate(table.body)
    ]
    return replace(table, body=body, remarks=remarks)


def _lines_remark(word: str, rows: Sequence[SheetRow]) -> Remark:
    shown = "; ".join(" ".join(filter(None, row.cells)) for row in rows)
    return word, {"count": str(len(rows)), "text": shown[:120]}
