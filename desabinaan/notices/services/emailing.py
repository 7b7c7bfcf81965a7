"""Send e-mails: each at least once, none lost, whatever the mail server does.

What is due is a column of the notices. An e-mail is marked as sent in the transaction
that sent it: a process killed in between sends it again under the same Message-ID. A
dead server ends the run, and the next run tries again; an e-mail that is refused waits
longer each time and is not sent in the end.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.emails import email_for
from desabinaan.notices.kinds import Channel
from desabinaan.notices.models import Notice

logger = logging.getLogger(__name__)

MOST_REFUSALS = 5
PAUSE = timedelta(minutes=15)
Queue = Callable[[], Sequence[Notice]]
#: The e-mail itself is at fault, not the connection to the server.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)


class MailServerAway(Exception):
    """No e-mail can be sent now; names the kind of problem, no address."""


def send_due_emails() -> int:
    """Send every e-mail that is due and return how many were sent.

    Raise MailServerAway when the server does not accept them; they stay due.
    """
    Notice.objects.without_mail_need().update(mail_due_at=None)
    if not Notice.objects.filter(mail_due_at__lte=timezone.now()).exists():
        return 0
    mail_server = get_connection()
    try:
        mail_server.open()
        return sum(
            _empty(queue, mail_server) for queue in (_next_single_email, _one_digest)
        )
    except (SMTPException, OSError) as problem:
        raise MailServerAway(type(problem).__name__) from None
    finally:
        mail_server.close()


def _empty(queue: Queue, mail_server: BaseEmailBackend) -> int:
    return sum(iter(partial(_send_next, queue, mail_server), None))


@transaction.atomic
def _send_next(queue: Queue, mail_server: BaseEmailBackend) -> bool | None:
    """Send the next e-mail or postpone it if refused; return None if none is left."""
    notices = queue()
    if not notices:
        return None
    try:
        email = email_for(notices[0].recipient, notices)
        email.connection = mail_server
        email.send()
    except REFUSED as refusal:
        _put_off(notices, type(refusal).__name__)
        return False
    now = timezone.now()
    for notice in notices:
        notice.mail_due_at, notice.mailed_at = None, now
    Notice.objects.bulk_update(notices, ["mail_due_at", "mailed_at"])
    return True


def _put_off(notices: Sequence[Notice], reason: str) -> None:
    """Wait longer after each refusal; after MOST_REFUSALS send no more e-mail."""
    now = timezone.now()
    for notice in notices:
        notice.refusals += 1
        given_up = notice.refusals >= MOST_REFUSALS
        notice.mail_due_at = None if given_up else now + PAUSE * 2**notice.refusals
    Notice.objects.bulk_update(notices, ["mail_due_at", "refusals"])
    logger.warning("The e-mail of notice %s was refused: %s", notices[0].pk, reason)


def _next_single_email() -> Sequence[Notice]:
    """Return the next notice in the queue that no other process is sending."""
    waiting = Notice.objects.with_mail_due(Channel.AT_ONCE).select_related("recipient")
    return list(waiting.select_for_update(of=("self",), skip_locked=True)[:1])


def _one_digest() -> Sequence[Notice]:
    """Return all due notices of a user whose digest no other process is sending."""
    due = Notice.objects.with_mail_due(Channel.DIGEST)
    # The weakest lock that excludes itself: other operations still notify this user.
    reader = (
        User.objects.filter(Exists(due.filter(recipient=OuterRef("pk"))))
        .select_for_update(no_key=True, skip_locked=True)
        .first()
    )
    return list(due.filter(recipient=reader).select_related("recipient"))
