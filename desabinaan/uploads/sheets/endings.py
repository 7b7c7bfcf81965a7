"""Rows of a sheet that are no part of its list: totals, notes and signatures.

A row is skipped only for what it says, never for its place alone: a village called
"Jumlah Jaya" or "Sumber" is a row like any other. The remark names each row.
"""

import re
from collections.abc import Callable, Collection, Sequence

from desabinaan.lib.text.folding import folded
from desabinaan.uploads.sheets.rows import Remark, SheetRow

_UNITS = r"desa|kelurahan|kecamatan|kabupaten|kota|orang|peserta|baris|villages|people"
#: what a row of totals says; its other cells are numbers
TOTAL = re.compile(
    rf"(?:sub ?|grand )?(?:jumlah|jml|jlh|total)"
    rf"(?: (?:total|se(?:luruh|mua)nya|keseluruhan|\d+|{_UNITS}))*"
)
#: how a note begins, also below the sign that points to it
NOTE = re.compile(
    r"[*)\s-]*(?:keterangan|ket|catatan|sumber(?: data)?|n\.?b|notes?|source)"
    r"\s*\.?\s*:",
    re.IGNORECASE,
)
#: a line of its own above the points of a note
NOTE_HEADING = re.compile(
    r"[*)\s-]*(?:keterangan|ket|catatan|n\.?b|notes?)\s*\.?\s*:\s*", re.IGNORECASE
)
#: the sign of a footnote, such as "*)"
FOOTNOTE = re.compile(r"\s*\*+\s*\)")
#: how a note or the lines above a signature begin
CLOSING = re.compile(
    rf"{NOTE.pattern}|{FOOTNOTE.pattern}"
    r"|(?:mengetahui|menyetujui|disetujui|disahkan)\b[^:]{0,40}[,:]?$"
    r"|(?:dibuat oleh|yang membuat(?: daftar)?|hormat kami|tertanda|ttd)\b.{0,40}$"
    r"|n\.?i\.?p\.?\s*[:.]?\s*[\d .]{8,}$"
    r"|[^\W\d_][^\d,]{1,40},\s*(?:tanggal\s*)?[\d. ]{0,12}\s*[^\W\d_]{3,9}\s+20\d\d$",
    re.IGNORECASE,
)
#: a longer text of a row is cut in the remark
LONGEST_SHOWN = 60


def without_endings(
    rows: Sequence[SheetRow],
) -> tuple[Sequence[SheetRow], list[Remark]]:
    """Return the rows of the list, and a remark on those that are skipped."""
    last = _last_row(rows)
    totals = [row for row in rows[:last] if _is_total(row)]
    return _without(rows, [*totals, *rows[last:]])


def without_notes(
    rows: Sequence[SheetRow],
    is_listed: Callable[[SheetRow], bool],
    apart: Collection[int] = (),
) -> tuple[Sequence[SheetRow], list[Remark]]:
    """Do the same where the rows of the list are known, such as lines with a time.

    Then a note between them is no row of the list either, with the points below its
    heading; nor are the lines `apart`, such as a title.
    """
    last = max((at for at, row in enumerate(rows, 1) if is_listed(row)), default=0)
    below = range(last, len(rows))
    end = next((at for at in below if CLOSING.match(_first(rows[at]))), len(rows))
    notes, is_point = [], False
    for row in rows[:end]:
        if is_listed(row):
            is_point = False
            continue
        is_point = is_point or NOTE_HEADING.fullmatch(_first(row)) is not None
        if is_point or row.line in apart or NOTE.match(_first(row)):
            notes.append(row)
    return _without(rows, [*notes, *rows[end:]])


# --- Inside ------------------------------------------------------------------


def _without(
    rows: Sequence[SheetRow], skipped: Sequence[SheetRow]
) -> tuple[Sequence[SheetRow], list[Remark]]:
    lines = {row.line for row in skipped}
    kept = [row for row in rows if row.line not in lines]
    if not skipped or not kept:
        return rows, []
    shown = "; ".join(f"{row.line} “{_text(row)[:LONGEST_SHOWN]}”" for row in skipped)
    return kept, [("not_of_the_list", {"rows": shown})]


def _last_row(rows: Sequence[SheetRow]) -> int:
    """Return how many rows stand before the notes and signatures at the end.

    Below the first of them each row is one as well, or narrower than those of the list.
    """
    widest = max((len(_filled(row)) for row in rows), default=0)
    last = _first_point(rows)
    for at in range(last - 1, -1, -1):
        if _closes(rows[at], widest):
            last = at
        elif len(_filled(rows[at])) >= min(widest, 3) and not _is_total(rows[at]):
            break
    return last


def _first_point(rows: Sequence[SheetRow]) -> int:
    """Return how many rows stand before the heading of a note with its points."""
    for at in range(len(rows) - 1, -1, -1):
        said = [cell for cell in _filled(rows[at]) if any(map(str.isalpha, cell))]
        if len(said) > 1:
            break
        if said and NOTE_HEADING.fullmatch(said[0]):
            return at
    return len(rows)


def _is_total(row: SheetRow) -> bool:
    said = [cell for cell in _filled(row) if any(map(str.isalpha, cell))]
    return len(said) == 1 and TOTAL.fullmatch(folded(said[0])) is not None


def _closes(row: SheetRow, widest: int) -> bool:
    filled = _filled(row)
    is_narrow = len(filled) <= 2 and len(filled) <= max(widest - 1, 1)
    return is_narrow and CLOSING.match(_first(row)) is not None


def _first(row: SheetRow) -> str:
    return next(iter(_filled(row)), "")


def _filled(row: SheetRow) -> list[str]:
    return [cell for cell in row.cells if cell]


def _text(row: SheetRow) -> str:
    return " ".join(_filled(row))
