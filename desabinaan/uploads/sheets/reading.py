"""Read XLSX and CSV: the content decides which it is, not the file's name."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import filetype
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desabinaan.lib.files.limited_processes import LimitExceeded, Limits, run_limited
from desabinaan.uploads.sheets.delimited import delimited_rows
from desabinaan.uploads.sheets.excel import excel_rows
from desabinaan.uploads.sheets.pasted import pasted_rows
from desabinaan.uploads.sheets.rows import (
    MOST_ROWS,
    ChooseSheet,
    JoinedArea,
    Remark,
    SheetContent,
    SheetRow,
    gathered,
    plain,
    trimmed,
)

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


LIMIT = 10 * 1024 * 1024
LIMITS = Limits(cpu_seconds=8, seconds=30, megabytes=200)
MEGABYTE = 1024 * 1024
ZIP_HEAD = b"PK\x03\x04"
EMPTY_ZIP_HEAD = b"PK\x05\x06"
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: the stream that holds a workbook under a password, as its directory names it
UNDER_PASSWORD = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The rows that are not blank, each with its line, and remarks for the reader.

    The module `remarks` makes sentences of the remarks.
    """

    rows: list[SheetRow]
    remarks: tuple[Remark, ...] = ()
    joined: frozenset[JoinedArea] = frozenset()


def workbook_as_json(workbook: Workbook) -> bytes:
    """Return what `workbook_from_json` reads: rows are stored as they were read."""
    return json.dumps(_written(workbook)).encode()


def workbook_from_json(stored: bytes) -> Workbook:
    rows, remarks, joined = _read(json.loads(stored))
    return Workbook(rows, tuple(remarks), joined)


def first_sheet(_first_rows: Sequence[Sequence[SheetRow]]) -> int:
    return 0


def content_of(upload: "UploadedFile[bytes]") -> bytes:
    """Return the bytes of an upload; ValidationError when it is too large."""
    refuse_large(upload)
    upload.seek(0)
    content: bytes = upload.read()
    return content


def refuse_large(upload: "UploadedFile[bytes]") -> None:
    """Raise ValidationError when the upload is too large."""
    size = upload.size or 0
    if size > LIMIT:
        raise ValidationError(
            _(
                "The file is %(size)s MB, the limit is %(limit)s MB. "
                "Split it, or delete the sheets and pictures it does not need."
            ),
            "too_large",
            {
                "size": number_format(-(-size * 10 // MEGABYTE) / 10, 1),
                "limit": LIMIT // MEGABYTE,
            },
        )


def workbook_of(
    content: bytes, most_rows: int = MOST_ROWS, choose: ChooseSheet = first_sheet
) -> Workbook:
    """Return a visible sheet of a file; ValidationError if it is unusable."""
    if not content.strip():
        raise ValidationError(
            _("The file is empty. Choose the one that holds the table."), "empty"
        )
    is_zip = content.startswith((ZIP_HEAD, EMPTY_ZIP_HEAD))
    if not is_zip:
        _refuse_other_kinds(content)
    extension = "xlsx" if is_zip else "csv"
    found = _decoded(content, extension, most_rows, None)
    if found.first_rows:
        place = choose(found.first_rows)
        found = _decoded(content, extension, most_rows, place)
    if not found.rows:
        raise ValidationError(
            _("The first sheet is empty. Put the table on the first sheet."), "empty"
        )
    return Workbook(found.rows, tuple(found.remarks), found.joined)


def _decoded(
    content: bytes, extension: str, most_rows: int, place: int | None
) -> SheetContent:
    try:
        answer = run_limited(
            sheet_as_json, content, extension, most_rows, place, limits=LIMITS
        )
    except LimitExceeded as exceeded:
        raise ValidationError(
            _(
                "The content of this workbook is too large to open. Copy only the "
                "table into a new workbook and choose that one."
            ),
            "unpacks_too_large",
        ) from exceeded
    found = json.loads(answer)
    return SheetContent(*_read(found), [_rows(rows) for rows in found["first_rows"]])


def _written(found: Workbook | SheetContent) -> dict[str, Any]:
    """Return what `_read` reads: rows, remarks and joined cells for JSON."""
    return {
        "rows": _pairs(found.rows),
        "remarks": found.remarks,
        "joined": [(one.column, one.first, one.last) for one in found.joined],
    }


def _read(
    found: Mapping[str, Any],
) -> tuple[list[SheetRow], list[Remark], frozenset[JoinedArea]]:
    return (
        _rows(found["rows"]),
        [(key, details) for key, details in found["remarks"]],
        frozenset(JoinedArea(*area) for area in found["joined"]),
    )


def _pairs(rows: Sequence[SheetRow]) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in rows]


def _rows(rows: Sequence[tuple[int, Sequence[str]]]) -> list[SheetRow]:
    return [SheetRow(line, tuple(cells)) for line, cells in rows]


def sheet_as_json(
    content: bytes, extension: str, most_rows: int, place: int | None
) -> bytes:
    """Return the SheetContent of a file; runs in the process with limits."""
    found = (
        excel_rows(content, most_rows, place)
        if extension == "xlsx"
        else delimited_rows(content, most_rows)
    )
    first_rows = [_pairs(rows) for rows in found.first_rows]
    return json.dumps(_written(found) | {"first_rows": first_rows}).encode()


def pasted_workbook(text: str, most_rows: int = MOST_ROWS) -> Workbook:
    """Return the rows of a pasted text; ValidationError if there are none.

    A line is counted unless it is blank.
    """
    lines = enumerate(pasted_rows(text), start=1)
    cells = (
        (line, [plain(cell, line, place) for place, cell in enumerate(row)])
        for line, row in lines
    )
    rows = gathered(((line, trimmed(row, line)) for line, row in cells), most_rows)
    if not rows:
        raise ValidationError(_("This text contains no rows."), "empty")
    return Workbook(rows)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(OLE_HEAD):
        if UNDER_PASSWORD in content:
            raise ValidationError(
                _(
                    "The file is protected by a password. Open it, remove the "
                    "password, save it, then choose it again."
                ),
                "password",
            )
        raise ValidationError(
            _(
                "This is a file of an old Office version. Open it and save it as "
                "an Excel workbook (.xlsx), then choose that one."
            ),
            "old_office",
        )
    kind = filetype.guess_mime(content[:8192])
    if kind and kind.startswith("image/"):
        raise ValidationError(
            _(
                "This file is a picture, not a spreadsheet. Choose an Excel workbook "
                "(.xlsx) or a CSV file."
            ),
            "picture",
        )
    if kind:
        raise ValidationError(
            _(
                "This is not a spreadsheet. Choose an Excel workbook (.xlsx) or a CSV "
                "file."
            ),
            "not_a_spreadsheet",
        )
