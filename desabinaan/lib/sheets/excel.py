"""XLSX: a zip that is checked before anything in it is unpacked."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from desabinaan.lib.sheets.rows import MOST_COLUMNS, SheetContent, gathered, plain

MOST_ENTRIES = 500
MOST_UNPACKED = 150 * 1024 * 1024
#: a sheet of text shrinks to a tenth or so; what shrinks this much is an attack
MOST_SHRUNK = 200
SMALL = 1024 * 1024
CHUNK = 1024 * 1024
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
#: how much of one chunk is read again, so that no mark is cut in two
OVERLAP = 16
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


def excel_rows(content: bytes, most_rows: int) -> SheetContent:
    """Return the rows of the first visible sheet; formulas with their saved values."""
    try:
        computed = _check_archive(content)
        return _read(content, computed, most_rows)
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


def _check_archive(content: bytes) -> bool:
    """Return whether a sheet holds formulas; ValidationError for a bad workbook.

    Sizes are those the zip declares: Python unpacks no byte beyond them.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        _refuse_bomb(entries)
        _refuse_other_zip(archive, {entry.filename for entry in entries})
        sheets = [entry for entry in entries if _is_sheet(entry.filename)]
        return any(_holds_formula(archive, entry) for entry in sheets)


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


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _holds_formula(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(entry) as opened:
        while chunk := opened.read(CHUNK):
            if FORMULA.search(tail + chunk):
                return True
            tail = chunk[-OVERLAP:]
    return False


# --- Reading -----------------------------------------------------------------


def _read(content: bytes, computed: bool, most_rows: int) -> SheetContent:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions we do not need
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        try:
            return _read_first(workbook, computed, most_rows)
        finally:
            workbook.close()


def _read_first(workbook: Any, computed: bool, most_rows: int) -> SheetContent:
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise ValidationError(_("The workbook has no visible sheet."), "empty")
    first = visible[0]
    first.reset_dimensions()  # the size that the file states may be wrong
    reading = SheetContent(gathered(_lines(first), most_rows))
    if len(visible) > 1:
        reading.remarks.append(("other_sheets", {"sheet": first.title}))
    if computed:
        reading.remarks.append(("formulas", {}))
    return reading


def _lines(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    for line, values in enumerate(rows, start=1):
        cells = [_text(value, line) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield line, tuple(cells)


def _text(value: object, line: int) -> str:
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
    return plain(str(value), line)


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
