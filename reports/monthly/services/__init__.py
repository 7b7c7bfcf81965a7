"""Every write of this app."""

from reports.monthly.services.checking import (
    excuse,
    request_correction,
    return_report,
    verify,
)
from reports.monthly.services.reminders import remind
from reports.monthly.services.slots import make_slots
from reports.monthly.services.submitting import (
    SendResult,
    enter_on_behalf,
    save_draft,
    submit,
    submit_nil,
)

__all__ = [
    "SendResult",
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
