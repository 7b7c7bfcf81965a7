"""Every write to notices: told, read, preferred, posted."""

from desabinaan.notices.actions.posting import MailServerAway, post_letters
from desabinaan.notices.actions.preferring import set_preferences
from desabinaan.notices.actions.reading import dismiss, mark_all_read, mark_read
from desabinaan.notices.actions.telling import Subject, notify, notify_each

__all__ = [
    "MailServerAway",
    "Subject",
    "dismiss",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_each",
    "post_letters",
    "set_preferences",
]
