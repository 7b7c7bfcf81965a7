"""Reads of this app."""

from fgd.sessions.selectors.sessions import (
    list_values,
    series_names,
    session_rows,
    visible_session,
)

__all__ = [
    "list_values",
    "series_names",
    "session_rows",
    "visible_session",
]
