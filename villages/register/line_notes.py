"""Notes of events that name a line of a list: worded for whoever reads them."""

from django.utils.translation import gettext as _

#: between list and line; nobody types it into a note
MARK = "\t"


def line_note(listed: object, line: int) -> str:
    """Return the note to store for what a line of an uploaded list changed."""
    return f"{listed}{MARK}{line}"


def note_in_words(note: str) -> str:
    """Return the note as it is shown; other notes stay as they were typed."""
    listed, mark, line = note.rpartition(MARK)
    if not (mark and line.isdecimal()):
        return note
    return _("%(list)s, line %(line)s") % {"list": listed, "line": line}
