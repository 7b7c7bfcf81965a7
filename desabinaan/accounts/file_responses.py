"""The sheet as a response: XLSX from a temporary file, CSV as a stream."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.formats import localize
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desabinaan.lib.sheets.columns import Cell, Sheet, inert, plain

SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"
LINES_AT_ONCE = 500
#: the most characters of one cell in Excel
LONGEST = 32_767


def sheet_response(kind: str, sheet: Sheet) -> HttpResponseBase:
    """Return the file for a user whose right was checked; it is not cached."""
    answer = KINDS[kind](sheet)
    today = timezone.localdate()
    answer["Content-Disposition"] = (
        f'attachment; filename="{sheet.name}-{today:%Y-%m-%d}.{kind}"'
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# --- XLSX --------------------------------------------------------------------


def _xlsx(sheet: Sheet) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with xlsxwriter.Workbook(file, SAFE) as workbook:
        page = workbook.add_worksheet(sheet.title[:31])
        formats = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "about": workbook.add_format({"font_color": "#42555c"}),
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "day": workbook.add_format({"num_format": "d mmm yyyy"}),
            "moment": workbook.add_format({"num_format": "d mmm yyyy hh:mm"}),
        }
        first = _write_head(page, sheet, formats)
        for number, row in enumerate(sheet.rows, start=first):
            for place, column in enumerate(sheet.columns):
                _write(page, number, place, plain(column.value(row)), formats)
    file.seek(0)
    return FileResponse(file, content_type=EXCEL)


def _write_head(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> int:
    """Write title, notes and headings; return the first row of the table."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    page.write_string(0, 0, sheet.title, formats["title"])
    for number, line in enumerate(sheet.about, start=1):
        page.write_string(number, 0, line[:LONGEST], formats["about"])
    head = len(sheet.about) + 2
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 1)
    for place, column in enumerate(sheet.columns):
        page.write_string(head, place, column.label, formats["head"])
    return head + 1


def _write(
    page: Worksheet, row: int, place: int, cell: Cell, formats: dict[str, Format]
) -> None:
    if isinstance(cell, datetime):
        page.write_datetime(row, place, cell, formats["moment"])
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell, formats["day"])
    elif isinstance(cell, int | float | Decimal):
        page.write_number(row, place, cell)
    elif cell:
        page.write_string(row, place, str(cell)[:LONGEST])


# --- CSV ---------------------------------------------------------------------


class _Echo:
    """A file for the csv module that returns each line."""

    def write(self, line: str) -> str:
        return line


def _csv(sheet: Sheet) -> StreamingHttpResponse:
    """Write semicolons and a BOM: so Excel opens it here without asking."""
    return StreamingHttpResponse(
        _csv_lines(
            sheet,
            translation.get_language() or "id",
            timezone.get_current_timezone(),
        ),
        content_type="text/csv; charset=utf-8",
    )


def _csv_lines(sheet: Sheet, language: str, zone: tzinfo) -> Iterator[str]:
    # The response is streamed after the middleware ended, so it keeps both.
    with translation.override(language), timezone.override(zone):
        writer: Any = csv.writer(_Echo(), delimiter=";")
        lines = [BYTE_ORDER_MARK, writer.writerow([c.label for c in sheet.columns])]
        for row in sheet.rows:
            cells = [_as_text(plain(column.value(row))) for column in sheet.columns]
            lines.append(writer.writerow(cells))
            if len(lines) >= LINES_AT_ONCE:
                yield "".join(lines)
                lines.clear()
        yield "".join(lines)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        return str(localize(cell, use_l10n=True)) if cell % 1 else str(int(cell))
    return inert(str(cell))


KINDS: dict[str, Callable[[Sheet], FileResponse | StreamingHttpResponse]] = {
    "xlsx": _xlsx,
    "csv": _csv,
}
