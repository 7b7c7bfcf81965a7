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

from desabinaan.uploads.sheets.rows import (
    FIRST_ROWS,
    ChooseSheet,
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


def excel_rows(content: bytes, most_rows: int, choose: ChooseSheet) -> SheetContent:
    """Return the rows of a visible sheet; formulas with their saved values.

    `choose` gets the first rows of each visible sheet and returns the place of one.
    """
    try:
        _check_archive(content)
        return _read(content, most_rows, choose)
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


def _read(content: bytes, most_rows: int, choose: ChooseSheet) -> SheetContent:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions we do not need
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        try:
            sheets = workbook.worksheets
            visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
            if not visible:
                raise ValidationError(_("The workbook has no visible sheet."), "empty")
            sheet = _chosen(visible, choose)
            part = sheet._worksheet_path.lstrip("/")
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                marks = marks_of(archive, part)
            rows = gathered(_lines(sheet), most_rows)
            remarks = list(_remarks(sheet.title, len(visible), marks, rows))
            return SheetContent(rows, remarks, frozenset(marks.joined))
        finally:
            workbook.close()


def _chosen(visible: Sequence[Any], choose: ChooseSheet) -> Any:
    for sheet in visible:
        sheet.reset_dimensions()  # the size that the file states may be wrong
    if len(visible) == 1:
        return visible[0]
    first_rows = [
        gathered(islice(_lines(sheet), FIRST_ROWS), FIRST_ROWS)
        for sheet in visible[:MOST_SHEETS]
    ]
    return visible[choose(first_rows)]


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
    rows = sheet.iter_rows(min_row=1, values_only=True)
    for line, values in enumerate(rows, start=1):
        filled = len(values)  # a cell that is only coloured may stand far to the right
        while filled and values[filled - 1] is None:
            filled -= 1
        texts = [_text(one, line, place) for place, one in enumerate(values[:filled])]
        yield line, trimmed(texts, line)


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
