"""Writes of this app."""

from fgd.participants.services.attendance import AttendanceChange, record_attendance
from fgd.participants.services.participants import (
    Person,
    add_delegates,
    change_delegate,
    change_invitation,
    invite,
    remove_delegate,
    withdraw_invitation,
)

__all__ = [
    "AttendanceChange",
    "Person",
    "add_delegates",
    "change_delegate",
    "change_invitation",
    "invite",
    "record_attendance",
    "remove_delegate",
    "withdraw_invitation",
]
