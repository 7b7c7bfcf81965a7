"""Letters go out: each at least once, none lost, whatever the mail server does.

What is due stands on the notices' own rows. A letter is marked as posted in the
transaction that sent it: who is killed in between sends it again under the same
Message-ID. A dead server ends the round, and the next round tries again; a letter
that is refused by itself waits longer each time and is parked in the end.
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
from desabinaan.notices.kinds import Channel
from desabinaan.notices.letters import letter_for
from desabinaan.notices.models import Notice

logger = logging.getLogger(__name__)

MOST_REFUSALS = 5
PAUSE = timedelta(minutes=15)
Queue = Callable[[], Sequence[Notice]]
#: The letter itself is at fault, not the line to the server.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)


class MailServerAway(Exception):
    """No letter can go out now; names the kind of problem, no address."""


def post_letters() -> int:
    """Every letter that is due has gone out; answers how many went.

    Raises MailServerAway when the server does not take them; they stay due.
    """
    Notice.objects.needless_to_post().update(mail_due_at=None)
    if not Notice.objects.filter(mail_due_at__lte=timezone.now()).exists():
        return 0
    post_office = get_connection()
    try:
        post_office.open()
        return sum(
            _empty(queue, post_office) for queue in (_single_letter, _one_digest)
        )
    except (SMTPException, OSError) as problem:
        raise MailServerAway(type(problem).__name__) from None
    finally:
        post_office.close()


def _empty(queue: Queue, post_office: BaseEmailBackend) -> int:
    return sum(iter(partial(_post_next, queue, post_office), None))


@transaction.atomic
def _post_next(queue: Queue, post_office: BaseEmailBackend) -> bool | None:
    """Whether the next letter is posted or else put off; None when none is left."""
    notices = queue()
    if not notices:
        return None
    try:
        letter = letter_for(notices[0].recipient, notices)
        letter.connection = post_office
        letter.send()
    except REFUSED as refusal:
        _put_off(notices, type(refusal).__name__)
        return False
    now = timezone.now()
    for notice in notices:
        notice.mail_due_at, notice.mailed_at = None, now
    Notice.objects.bulk_update(notices, ["mail_due_at", "mailed_at"])
    return True


def _put_off(notices: Sequence[Notice], reason: str) -> None:
    """The letter waits longer each time; in the end it is parked, the notices stay."""
    now = timezone.now()
    for notice in notices:
        notice.refusals += 1
        parked = notice.refusals >= MOST_REFUSALS
        notice.mail_due_at = None if parked else now + PAUSE * 2**notice.refusals
    Notice.objects.bulk_update(notices, ["mail_due_at", "refusals"])
    logger.warning("The letter of notice %s was refused: %s", notices[0].pk, reason)


def _single_letter() -> Sequence[Notice]:
    """The next in the queue that nobody else is posting at this moment."""
    waiting = Notice.objects.to_post(Channel.AT_ONCE).select_related("recipient")
    return list(waiting.select_for_update(of=("self",), skip_locked=True)[:1])


def _one_digest() -> Sequence[Notice]:
    """All that is due for somebody whose digest nobody else is posting."""
    due = Notice.objects.to_post(Channel.DIGEST)
    # The weakest lock that excludes itself: deeds go on telling this person.
    reader = (
        User.objects.filter(Exists(due.filter(recipient=OuterRef("pk"))))
        .select_for_update(no_key=True, skip_locked=True)
        .first()
    )
    return list(due.filter(recipient=reader).select_related("recipient"))
