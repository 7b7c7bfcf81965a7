"""Every write to slots and reports."""

from reports.monthly.actions.checking import (
    excuse,
    request_correction,
    return_report,
    verify,
)
from reports.monthly.actions.reminders import remind
from reports.monthly.actions.sending import (
    Sent,
    enter_on_behalf,
    save_draft,
    submit,
    submit_nil,
)
from reports.monthly.actions.slots import make_slots

__all__ = [
    "Sent",
    "enter_on_behalf",
    "excuse",
    "make_slots",
    "remind",
    "request_correction",
    "return_report",
    "save_draft",
    "submit",
    "submit_nil",
    "verify",
]
