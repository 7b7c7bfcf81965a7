"""Pasted rundowns: who may see them, and their lines beside those of the session."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from desabinaan.uploads.kinds import RowCheck
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.sheets.rows import Remark
from fgd.sessions.models import AgendaItem, RundownList, Session
from fgd.sessions.rundown_lines import AgendaLine, line_in, taken_apart

#: time and activity, which tell two lines of a rundown apart
LineKey = tuple[time, str]


def rundown_lists_for(user: Actor) -> QuerySet[RundownList]:
    """Return the pasted rundowns that this user may check and save."""
    return RundownList.objects.visible_to(user).select_related(
        "session__office", "uploaded_by"
    )


def unsaved_rundowns(user: Actor, session: Session) -> QuerySet[RundownList]:
    """Return the rundowns pasted for the session that are still to be saved."""
    done = (Upload.Status.COMMITTED, Upload.Status.DISCARDED)
    return rundown_lists_for(user).filter(session=session).exclude(status__in=done)


def check_rundown(
    session: Session, rows: Sequence[UploadRow]
) -> list[tuple[RowCheck, AgendaLine | None]]:
    """Return the check of each row, and the line that it means if it can be read.

    A line is there already when the rundown has its time and its activity.
    """
    existing = {
        line_key(item.starts_at, item.title): item
        for item in session.agenda_items.all()
    }
    lines_by_key: dict[LineKey, int] = {}
    checked = []
    for row in rows:
        row.cells = taken_apart(row.cells)
        line, problems = line_in(row.cells)
        found = RowCheck(problems=problems)
        if line is not None:
            key = line_key(line.starts_at, line.title)
            found.subject = span_text(line)
            if item := existing.get(key):
                found.is_known = True
                found.notes = _notes_of_known(line, item)
            elif key in lines_by_key:
                found.problems = [("duplicate", {"line": str(lines_by_key[key])})]
            else:
                found.notes = _notes_of_new(session, line)
            if row.check_result != UploadRow.CheckResult.SKIPPED:
                lines_by_key.setdefault(key, row.line)
        checked.append((found, line))
    return checked


def line_key(starts_at: time, title: str) -> LineKey:
    return starts_at, folded(title) or title


def span_text(line: AgendaLine | AgendaItem) -> str:
    """Return "09.00–09.30", or "09.00" of a line without an end."""
    begins = f"{line.starts_at:%H.%M}"
    if line.minutes is None:
        return begins
    day = datetime.combine(date.min, line.starts_at)
    return f"{begins}–{day + timedelta(minutes=line.minutes):%H.%M}"


# --- Inside ------------------------------------------------------------------


def _notes_of_new(session: Session, line: AgendaLine) -> list[Remark]:
    notes: list[Remark] = [("writes_line", {"line": _line_text(line)})]
    if hours := _hours_exceeded_by(session, line):
        notes.append(("outside_hours", {"hours": hours}))
    return notes


def _notes_of_known(line: AgendaLine, item: AgendaItem) -> list[Remark]:
    """Say what stays in the rundown when the pasted line says more or less."""
    existing = _line_text(item)
    return [] if existing == _line_text(line) else [("stays", {"line": existing})]


def _line_text(line: AgendaLine | AgendaItem) -> str:
    text = f"{span_text(line)} {line.title}"
    return f"{text}; {line.presenter}" if line.presenter else text


def _hours_exceeded_by(session: Session, line: AgendaLine) -> str:
    """Return the hours of the session when the line is not within them.

    Those of a session of several days do not bound its lines.
    """
    if session.first_day != session.last_day:
        return ""
    zone = session.office.time_zone
    begins, ends = (
        timezone.localtime(one, zone).time()
        for one in (session.starts_at, session.ends_at)
    )
    starts, lasts = _minute(line.starts_at), line.minutes or 0
    if _minute(begins) <= starts and starts + lasts <= _minute(ends):
        return ""
    return f"{begins:%H.%M}–{ends:%H.%M}"


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
