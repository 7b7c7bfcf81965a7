"""A pasted rundown: its lines, cut into the columns that the rundown has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.text.folding import folded
from desabinaan.lib.text.numbers import whole_number_in
from desabinaan.lib.text.times import lone_time_before, span_before, time_in
from desabinaan.uploads.columns import ColumnSpec
from desabinaan.uploads.kinds import TEXT
from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.pasted import pasted_lines
from desabinaan.uploads.sheets.rows import Remark, SheetRow

MOST_LINES = 60
MOST_MINUTES = 720
#: how long the example of a missing end lasts
EXAMPLE = timedelta(minutes=30)
LONGEST_TITLE, LONGEST_PRESENTER = 200, 150
#: a number in front, as tables have it: in a cell of its own, or before the time
NUMBER = re.compile(r"^\d{1,2}(?:[.)]?;\s*|[.)]\s+(?=\D*\d{1,2}[.:]\d\d))")
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
    "minutes": ColumnSpec(gettext_lazy("Length in minutes (blank: until the end)"), ()),
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


def pasted_table(text: str, most_lines: int = MOST_LINES) -> Table:
    """Return the lines in columns; a line without a readable time is all title."""
    lines = pasted_lines(text)
    remarks: list[Remark] = []
    if lines and HEADINGS.issuperset(folded(lines[0]).split()):
        remarks.append(("headings", {"headings": " ".join(lines[0].split())}))
    body = [
        SheetRow(number, tuple(_cells_or_title(line).values()))
        for number, line in enumerate(lines, 1)
        if number > len(remarks)
    ]
    if not lines:
        raise ValidationError(_("There are no lines in the text."), "empty")
    if not body:
        raise ValidationError(_("There is no row below the headings."), "empty")
    if len(body) > most_lines:
        raise ValidationError(
            _("Paste at most %(most)s lines at a time."), "many", {"most": most_lines}
        )
    places = {name: place for place, name in enumerate(COLUMNS)}
    return Table((), places, {}, body, "txt", remarks)


def line_in(cells: Mapping[str, str]) -> tuple[AgendaLine | None, list[Remark]]:
    """Return the line that the cells mean, or None and what is wrong with them.

    Without a time the activity may be a whole line, as it was pasted.
    """
    try:
        whole = cells if cells.get("starts_at") else _cells_of(cells.get("title", ""))
        if whole is None:
            return None, [_problem_of_time(cells.get("title", ""))]
        starts_at = time_in(whole["starts_at"])
    except ValidationError as refusal:
        return None, [(TEXT, {"text": " ".join(refusal.messages)})]
    title = whole.get("title", "")
    presenter = whole.get("presenter") or cells.get("presenter", "")
    problems = _problems_of_texts(title, presenter)
    try:
        minutes = whole_number_in(whole.get("minutes", ""))
        lasts = MOST_MINUTES if minutes is None else minutes
    except ValidationError:
        minutes, lasts = None, 0
    if not 0 < lasts <= MOST_MINUTES:
        problems.append(("bad_length", {"cell": whole["minutes"]}))
    if starts_at is None or problems:
        return None, problems
    return AgendaLine(starts_at, minutes, title, presenter), []


# --- Inside ------------------------------------------------------------------


def _problem_of_time(line: str) -> Remark:
    """Return what the time before the activity lacks."""
    begins = lone_time_before(_without_number(line))
    if begins is None:
        return "no_time", {}
    ends = datetime.combine(date.min, begins) + EXAMPLE
    return "no_end", {"example": f"{begins:%H.%M}-{ends:%H.%M}"}


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

    A time that is refused or lacks its end stays in front of the activity.
    """
    whole = _without_number(line)
    blank = dict.fromkeys(COLUMNS, "")
    try:
        cells = _cells_of(whole)
        is_asked = cells is None and lone_time_before(whole) is not None
    except ValidationError:
        cells, is_asked = None, True
    if is_asked:
        return blank | {"title": whole}
    title, _semicolon, presenter = whole.partition(";")
    return cells or blank | {"title": title.strip(), "presenter": presenter.strip(" ;")}


def _without_number(line: str) -> str:
    """Return the line with semicolons between the cells of a table."""
    cells = "; ".join(" ".join(cell.split()) for cell in line.split("\t"))
    return NUMBER.sub("", cells.strip("; ")).lstrip("; ")


def _cells_of(line: str) -> dict[str, str] | None:
    """Return the cells of a line, None if it does not begin with its times.

    A semicolon parts the activity from who is in charge. ValidationError for a time
    that no clock shows, or of another zone.
    """
    read = span_before(_without_number(line))
    if read is None:
        return None
    span, rest = read
    # A semicolon after the times ends their cell; a second one leaves a blank activity.
    rest = rest.strip(SIGNS).removeprefix(";").strip(SIGNS)
    title, _semicolon, presenter = rest.partition(";")
    return {
        "starts_at": f"{span.begins:%H.%M}",
        "minutes": "" if span.minutes is None else str(span.minutes),
        "title": title.strip(SIGNS),
        "presenter": presenter.strip(" ;"),
    }
