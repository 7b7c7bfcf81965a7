"""Reads of this app."""

from fgd.sessions.selectors.sessions import (
    WRITTEN,
    list_values,
    series_names,
    session_rows,
    visible_session,
)

__all__ = [
    "WRITTEN",
    "list_values",
    "series_names",
    "session_rows",
    "visible_session",
]
