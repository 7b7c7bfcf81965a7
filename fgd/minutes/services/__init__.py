"""Writes of this app."""

from fgd.minutes.services.entries import add_entry, change_entry, remove_entry

__all__ = [
    "add_entry",
    "change_entry",
    "remove_entry",
]
