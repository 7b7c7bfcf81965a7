"""CSV as spreadsheet programs write it: three encodings, three separators."""

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desabinaan.uploads.sheets.rows import SheetContent, gathered, plain, trimmed

SEPARATORS = ";\t,"
SAMPLE_LINES = 20
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def delimited_rows(content: bytes, most_rows: int) -> SheetContent:
    """Return the rows of a CSV file; ValidationError if it cannot be one."""
    text = _decoded(content)
    separator, text = _separator(text)
    try:
        return SheetContent(gathered(_lines(text, separator), most_rows))
    except csv.Error as unreadable:
        raise ValidationError(
            _(
                "The CSV file cannot be read: a quotation mark may be missing. "
                "Open it in a spreadsheet program and save it as .xlsx."
            ),
            "unreadable",
        ) from unreadable


def _lines(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for number, cells in enumerate(reader, start=1):
        # first without the blanks at the end: a line may hold millions of separators
        filled = trimmed(cells, number)
        texts = [plain(cell, number, place) for place, cell in enumerate(filled)]
        yield number, trimmed(texts, number)


def _decoded(content: bytes) -> str:
    """Decode UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252."""
    try:
        if content.startswith(UTF_16):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise ValidationError(
            _(
                "This CSV file cannot be read. Save it as an Excel workbook (.xlsx) "
                "or as CSV in UTF-8, then choose it again."
            ),
            "unreadable",
        )
    return text


def _separator(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line that names it."""
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[-1], f"\n{rest}"
    sample = [line for line in text.splitlines()[:200] if line.strip()][:SAMPLE_LINES]
    counts = {sign: sum(line.count(sign) for line in sample) for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: counts[sign]), text
