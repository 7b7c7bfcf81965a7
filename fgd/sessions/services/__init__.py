"""Writes of this app."""

from fgd.sessions.rundown_lines import AgendaLine
from fgd.sessions.services.programme import (
    OutcomesChange,
    add_agenda_lines,
    add_topic,
    change_agenda_item,
    change_topic,
    move_topic,
    remove_agenda_item,
    remove_topic,
    set_outcomes,
)
from fgd.sessions.services.sessions import (
    announce,
    cancel_session,
    change_session,
    create_session,
    open_session,
    undo_opening,
)

__all__ = [
    "AgendaLine",
    "OutcomesChange",
    "add_agenda_lines",
    "add_topic",
    "announce",
    "cancel_session",
    "change_agenda_item",
    "change_session",
    "change_topic",
    "create_session",
    "move_topic",
    "open_session",
    "remove_agenda_item",
    "remove_topic",
    "set_outcomes",
    "undo_opening",
]
