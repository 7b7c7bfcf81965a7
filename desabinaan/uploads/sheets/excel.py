"""XLSX: a zip that is checked before anything in it is unpacked."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from desabinaan.uploads.sheets.rows import (
    FIRST_ROWS,
    Remark,
    SheetContent,
    SheetRow,
    gathered,
    plain,
    trimmed,
)
from desabinaan.uploads.sheets.sheet_marks import (
    SheetMarks,
    columns_in_words,
    lines_in_words,
    marks_of,
)

MOST_ENTRIES = 500
LAST_LINE = 1_048_576
#: styles are read whole into memory, whatever the table is like
STYLES, MOST_STYLES = "xl/styles.xml", 4 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
#: a sheet of text shrinks to a tenth or so; what shrinks this much is an attack
MOST_SHRUNK = 200
SMALL = 1024 * 1024
#: further sheets are not looked at when the one with the table is searched
MOST_SHEETS = 30
UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    OverflowError,
)


def excel_rows(content: bytes, most_rows: int, place: int | None) -> SheetContent:
    """Return the rows of a visible sheet; formulas with their saved values.

    `place` is that of the sheet among the visible ones. Without it the only one is
    read; of several the first rows come back, to choose by.
    """
    try:
        _check_archive(content)
        return _read(content, most_rows, place)
    except ValidationError:
        raise
    except UNREADABLE as broken:
        raise ValidationError(
            _(
                "The workbook is damaged or cannot be read. Open it in a spreadsheet "
                "program, save it again as .xlsx, then choose it again."
            ),
            "unreadable",
        ) from broken


# --- Checking ----------------------------------------------------------------


def _check_archive(content: bytes) -> None:
    """Raise ValidationError for a bad workbook.

    Sizes are those the zip declares: Python unpacks no byte beyond them.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        _refuse_bomb(entries)
        _refuse_other_zip(archive, {entry.filename for entry in entries})


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValidationError(
            _(
                "The file is protected by a password. Open it, remove the "
                "password, save it, then choose it again."
            ),
            "password",
        )
    if (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or any(_is_bomb(entry) for entry in entries)
        or any(
            entry.filename == STYLES and entry.file_size > MOST_STYLES
            for entry in entries
        )
    ):
        raise ValidationError(
            _(
                "The content of this workbook is too large to open. Copy only the "
                "table into a new workbook and choose that one."
            ),
            "unpacks_too_large",
        )


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    shrunk = entry.file_size > MOST_SHRUNK * max(entry.compress_size, 1)
    return shrunk and entry.file_size > SMALL


def _refuse_other_zip(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(
            _(
                "The workbook contains macros, which are not accepted. Save it as an "
                "Excel workbook without macros (.xlsx), then choose that one."
            ),
            "macros",
        )
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise ValidationError(
            _(
                "This is not a spreadsheet. Choose an Excel workbook (.xlsx) or a CSV "
                "file."
            ),
            "not_a_spreadsheet",
        )


# --- Reading -----------------------------------------------------------------


def _read(content: bytes, most_rows: int, place: int | None) -> SheetContent:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions we do not need
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        try:
            sheets = workbook.worksheets
            visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
            if not visible:
                raise ValidationError(
                    _(
                        "All sheets of the workbook are hidden. Show the one with "
                        "the table."
                    ),
                    "empty",
                )
            if place is None and len(visible) > 1:
                return SheetContent([], first_rows=_first_rows(visible))
            sheet = visible[place or 0]
            part = sheet._worksheet_path.lstrip("/")
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                marks = marks_of(archive, part)
            rows = gathered(_lines(sheet), most_rows)
            remarks = list(_remarks(sheet.title, len(visible), marks, rows))
            return SheetContent(rows, remarks, frozenset(marks.joined))
        finally:
            workbook.close()


def _first_rows(visible: Sequence[Any]) -> list[list[SheetRow]]:
    return [
        gathered(islice(_lines(sheet), FIRST_ROWS), FIRST_ROWS)
        for sheet in visible[:MOST_SHEETS]
    ]


def _remarks(
    title: str, visible: int, marks: SheetMarks, rows: Sequence[SheetRow]
) -> Iterator[Remark]:
    lines = {row.line for row in rows}
    if visible > 1:
        yield "other_sheets", {"sheet": title}
    if marks.has_formulas:
        yield "formulas", {}
    if hidden := marks.hidden_lines & lines:
        yield "hidden_rows", {"lines": lines_in_words(hidden)}
    widest = max((len(row.cells) for row in rows), default=0)
    if hidden := {one for one in marks.hidden_columns if one <= widest}:
        yield "hidden_columns", {"columns": columns_in_words(hidden)}


def _lines(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, values in _written_rows(sheet):
        filled = len(values)  # a cell that is only coloured may stand far to the right
        while filled and values[filled - 1] is None:
            filled -= 1
        texts = [_text(one, line, place) for place, one in enumerate(values[:filled])]
        yield line, trimmed(texts, line)


def _written_rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows that the file holds, each with its number.

    The iterator of the library invents the rows between them, a million if one cell
    is in the last row of the sheet.
    """
    workbook = sheet.parent
    with sheet._get_source() as source:
        reader = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for line, cells in reader.parse():
            if line > LAST_LINE:
                raise ValueError("no sheet has so many rows")
            yield line, sheet._get_row(cells, 1, None, values_only=True)


def _text(value: object, line: int, place: int) -> str:
    """Return a typed cell as an Indonesian would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time | timedelta):
        return str(value)
    return plain(str(value), line, place)


def _number(value: int | float) -> str:
    """Return fifteen digits, as Excel itself keeps them, without an exponent."""
    rounded = Decimal(format(value, ".15g"))
    return format(rounded, "f").replace(".", ",")


def _moment(value: datetime) -> str:
    return (
        value.date().isoformat()
        if value.time() == time.min
        else f"{value:%Y-%m-%d %H:%M}"
    )
