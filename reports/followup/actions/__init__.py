"""Every write of the follow-up room; the action itself is moved by fgd.actions."""

from reports.followup.actions.progress import (
    Piece,
    Progress,
    Told,
    add_evidence,
    moment_of,
    report_progress,
    withdraw_evidence,
)
from reports.followup.actions.reminders import remind

__all__ = [
    "Piece",
    "Progress",
    "Told",
    "add_evidence",
    "moment_of",
    "remind",
    "report_progress",
    "withdraw_evidence",
]
