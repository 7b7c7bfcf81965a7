"""A pasted rundown: its lines, cut into the columns that the rundown has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.text.folding import folded
from desabinaan.lib.text.numbers import whole_number_in
from desabinaan.lib.text.times import (
    lone_time_before,
    minutes_between,
    span_before,
    time_in,
)
from desabinaan.uploads.columns import ColumnSpec
from desabinaan.uploads.refusals import refusal_of
from desabinaan.uploads.sheets.endings import FOOTNOTE, without_notes
from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.pasted import pasted_lines
from desabinaan.uploads.sheets.reading import Workbook
from desabinaan.uploads.sheets.rows import Remark, SheetRow

MOST_LINES = 60
MOST_MINUTES = 720
#: how long the example of a missing end lasts
EXAMPLE = timedelta(minutes=30)
LONGEST_TITLE, LONGEST_PRESENTER = 200, 150
#: a number in front, as tables have it: in a cell of its own, or before the time
NUMBER = re.compile(r"^\d{1,2}(?:[.)]?;\s*|[.)]\s+(?=\D*\d{1,2}[.:]\d\d))")
#: a sign in front, as letters list their lines
BULLET = re.compile(r"^[-*\u2022\u00b7\u2013\u2014\u25aa\u25cf]+\)?\s*")
#: an end that is none, folded; the first is how the page shows it
OPEN_ENDS = ("selesai", "sampai selesai", "s d selesai", "end", "until the end")
#: a point of a note: its number, and no time
POINT = re.compile(r"\d{1,2}[.)]\s+\D")
#: how the line above a rundown begins
TITLE = re.compile(
    r"\s*(?:susunan|jadwal|agenda|rundown)(?:\s+(?:acara|kegiatan|rapat))?\b[^;\d]*$",
    re.IGNORECASE,
)
#: signs around the activity that belong to the notation
SIGNS = " -.,:|"
#: words of which the headings of a rundown consist
HEADINGS = {
    "no", "nomor", "waktu", "jam", "pukul", "wib", "kegiatan", "acara", "susunan",
    "uraian", "agenda", "materi", "pic", "penanggung", "jawab", "pengisi", "narasumber",
    "pelaksana", "petugas", "keterangan", "ket", "time", "activity", "in", "charge",
    "lama", "menit", "minutes", "length",
}  # fmt: skip
#: the reader of the lines knows the columns: nobody is asked what a heading means
COLUMNS = {
    "starts_at": ColumnSpec(gettext_lazy("Time"), ()),
    "minutes": ColumnSpec(
        gettext_lazy("Until"),
        (),
        gettext_lazy(
            "When it ends, such as 09:30, or how many minutes it lasts. Until the end "
            "of the session: “selesai”."
        ),
    ),
    "title": ColumnSpec(gettext_lazy("Activity"), ()),
    "presenter": ColumnSpec(gettext_lazy("In charge"), ()),
}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of the rundown, as typed or pasted; `minutes` None: until the end."""

    starts_at: time
    minutes: int | None
    title: str
    presenter: str = ""


def rundown_in(text: str) -> Workbook:
    """Return a row per line of the pasted text; ValidationError if there is none."""
    lines = enumerate(pasted_lines(text), 1)
    rows = [SheetRow(number, (line,)) for number, line in lines]
    if not rows:
        raise ValidationError(_("There are no lines in the text."), "empty")
    return Workbook(rows)


def rundown_table(rundown: Workbook, most_lines: int = MOST_LINES) -> Table:
    """Return the lines in columns; a line without a readable time is all title."""
    titles = {row.line for row in takewhile(_is_title, rundown.rows)}
    below = rundown.rows[len(titles) :]
    remarks: list[Remark] = []
    if below and HEADINGS.issuperset(folded(below[0].cells[0]).split()):
        headings = " ".join(below[0].cells[0].split())
        remarks.append(("headings", {"headings": headings}))
    read = [*rundown.rows[: len(titles)], *below[len(remarks) :]]
    written = [
        SheetRow(row.line, tuple(_cells_or_title(row.cells[0]).values()))
        for row in read
    ]
    footnotes = {row.line for row in read if FOOTNOTE.match(row.cells[0])}
    body, notes = without_notes(written, _begins_with_time, titles | footnotes)
    if not body:
        raise ValidationError(_("There is no row below the headings."), "empty")
    if len(body) > most_lines:
        raise ValidationError(
            _("Paste at most %(most)s lines at a time."), "many", {"most": most_lines}
        )
    places = {name: place for place, name in enumerate(COLUMNS)}
    return Table((), places, {}, body, [*remarks, *notes])


def taken_apart(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells; times in front of the activity go to their own cells.

    Without a time the activity may be a whole line, as it was pasted; and a time that
    its own cell says already is not part of the activity.
    """
    same = dict(cells)
    try:
        begins = time_in(cells.get("starts_at", ""))
        read = _cells_of(cells.get("title", ""))
    except ValidationError:
        return same
    if read is None or begins not in (None, time_in(read["starts_at"])):
        return same
    said = {name: cell for name, cell in cells.items() if cell and name != "title"}
    if begins is None:
        said.pop("minutes", None)
    return {name: cell for name, cell in (read | said).items() if cell}


def line_in(cells: Mapping[str, str]) -> tuple[AgendaLine | None, list[Remark]]:
    """Return the line that cells `taken_apart` mean, or None and what is wrong."""
    title, presenter = cells.get("title", ""), cells.get("presenter", "")
    try:
        starts_at = _time_of(cells)
    except ValidationError:
        return None, [refusal_of(lambda: _time_of(cells))]
    if starts_at is None:
        return None, [("no_time", {})]
    problems = _problems_of_texts(title, presenter)
    minutes, problem = _length(cells.get("minutes", ""), starts_at)
    if problem:
        problems.append(problem)
    if problems:
        return None, problems
    return AgendaLine(starts_at, minutes, title, presenter), []


def span_in(cells: Mapping[str, str]) -> str:
    """Return the times of a line: "09.00–09.30", "09.00–selesai", or as typed."""
    begins, until = cells.get("starts_at", ""), cells.get("minutes", "")
    try:
        starts_at = _time_of(cells)
        minutes, problem = _length(until, starts_at) if starts_at else (None, None)
    except ValidationError:
        return " ".join(filter(None, [begins, until]))
    if starts_at and problem is None:
        ends = datetime.combine(date.min, starts_at) + timedelta(minutes=minutes or 0)
        until = f"{ends:%H.%M}" if minutes else OPEN_ENDS[0]
    return "–".join(filter(None, [begins, until]))


# --- Inside ------------------------------------------------------------------


def _begins_with_time(row: SheetRow) -> bool:
    """Return whether the line has a time, or what may be one that was refused."""
    begins, _minutes, title, _presenter = row.cells
    return bool(begins) or (title[:1].isdigit() and not POINT.match(title))


def _is_title(row: SheetRow) -> bool:
    """Return whether the line above the rundown only says what it is."""
    [line] = row.cells
    is_headings = HEADINGS.issuperset(folded(line).split())
    return TITLE.match(line) is not None and not is_headings


def _time_of(cells: Mapping[str, str]) -> time | None:
    """Return the time of the line; ValidationError also for one in front of it."""
    starts_at = time_in(cells.get("starts_at", ""))
    if starts_at is None:
        _cells_of(cells.get("title", ""))  # refuses a time in front that is none here
    return starts_at


def _length(cell: str, begins: time) -> tuple[int | None, Remark | None]:
    """Return the minutes up to the end in the cell, and what is wrong with it."""
    if not cell.strip():
        ends = datetime.combine(date.min, begins) + EXAMPLE
        return None, ("no_end", {"example": f"{ends:%H.%M}"})
    if folded(cell) in OPEN_ENDS:
        return None, None
    try:
        lasts = whole_number_in(cell)
    except ValidationError:
        lasts = _minutes_until(cell, begins)
    if lasts is None or not 0 < lasts <= MOST_MINUTES:
        return None, ("bad_length", {"cell": cell})
    return lasts, None


def _minutes_until(cell: str, begins: time) -> int | None:
    """Return the minutes until the time in the cell; None if it is no time."""
    try:
        ends = time_in(cell)
    except ValidationError:
        return None
    return None if ends is None else minutes_between(begins, ends)


def _problems_of_texts(title: str, presenter: str) -> list[Remark]:
    problems: list[Remark] = []
    if not title:
        problems.append(("no_title", {}))
    if len(title) > LONGEST_TITLE:
        problems.append(("long_title", {"limit": str(LONGEST_TITLE)}))
    if len(presenter) > LONGEST_PRESENTER:
        problems.append(("long_presenter", {"limit": str(LONGEST_PRESENTER)}))
    return problems


def _cells_or_title(line: str) -> dict[str, str]:
    """Return the cells of the line; without a time, the activity and who leads it.

    A time that is refused stays in front of the activity.
    """
    whole = _without_number(line)
    blank = dict.fromkeys(COLUMNS, "")
    try:
        cells = _cells_of(whole)
    except ValidationError:
        return blank | {"title": whole}
    title, _semicolon, presenter = whole.partition(";")
    return cells or blank | {"title": title.strip(), "presenter": presenter.strip(" ;")}


def _without_number(line: str) -> str:
    """Return the line with semicolons between the cells of a table."""
    cells = "; ".join(" ".join(cell.split()) for cell in line.split("\t"))
    plain = BULLET.sub("", cells.strip("; "))
    return NUMBER.sub("", plain).lstrip("; ")


def _cells_of(line: str) -> dict[str, str] | None:
    """Return the cells of a line, None if it does not begin with a time.

    Of a time without an end the second cell stays blank. A semicolon parts the
    activity from who is in charge. ValidationError for a time that no clock shows, or
    of another zone.
    """
    whole = _without_number(line)
    if read := span_before(whole):
        span, rest = read
        begins = span.begins
        until = OPEN_ENDS[0] if span.minutes is None else str(span.minutes)
    elif lone := lone_time_before(whole):
        (begins, rest), until = lone, ""
    else:
        return None
    # A semicolon after the times ends their cell; a second one leaves a blank activity.
    rest = rest.strip(SIGNS).removeprefix(";").strip(SIGNS)
    title, _semicolon, presenter = rest.partition(";")
    return {
        "starts_at": f"{begins:%H.%M}",
        "minutes": until,
        "title": title.strip(SIGNS),
        "presenter": presenter.strip(" ;"),
    }
