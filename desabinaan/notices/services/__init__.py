"""Every write to notices: notify, mark as read, set preferences, send e-mails."""

from desabinaan.notices.services.emailing import MailServerAway, send_due_emails
from desabinaan.notices.services.marking import dismiss, mark_all_read, mark_read
from desabinaan.notices.services.notifying import Subject, notify, notify_each
from desabinaan.notices.services.preferences import set_preferences

__all__ = [
    "MailServerAway",
    "Subject",
    "dismiss",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_each",
    "send_due_emails",
    "set_preferences",
]
