"""Stored texts that name an uploaded list or a role: worded for whoever reads them."""

from functools import partial

from django.utils.translation import gettext as _

from desabinaan.accounts.access import Role
from desabinaan.lib.text.bilingual import in_each_language

#: between list and line or user and role, or before a list; nobody types it
MARK = "\t"


def line_note(listed: object, line: int) -> str:
    """Return the note to store for what a line of an uploaded list changed."""
    return f"{listed}{MARK}{line}"


def note_in_words(note: str) -> str:
    """Return the note as it is shown; other notes stay as they were typed."""
    first, mark, last = note.rpartition(MARK)
    if mark and last in Role.values:
        return f"{first} · {Role(last).label}"
    if not (mark and last.isdecimal()):
        return note
    return _("%(list)s, line %(line)s") % {"list": first, "line": last}


def role_note(user: object, role: str) -> str:
    """Return the note to store for somebody's role."""
    return f"{user}{MARK}{role}"


def list_reason(listed: object) -> str:
    """Return what to store as the reason of a village that a list brought."""
    return f"{MARK}{listed}"


def reason_in_words(reason: str) -> str:
    """Return the reason as it is shown; a typed one stays as it is."""
    if not reason.startswith(MARK):
        return reason
    listed = reason.removeprefix(MARK)
    return _("Imported from the list “%(list)s”.") % {"list": listed}


def typed_reason(typed: str, stored: str) -> str:
    """Return what to store after `stored` was shown; left as it was, it stays so."""
    shown = in_each_language(partial(reason_in_words, stored)).values()
    return stored if typed in shown else typed
