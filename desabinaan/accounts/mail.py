"""Letters about accounts: no name, no secret of the portal, only a link."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User

logger = logging.getLogger(__name__)

#: A thread of its own: who waits for an answer cannot tell whether a letter is sent.
POST_OFFICE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_link(user: User, link: str, hours: int) -> Future[None]:
    """A letter with the one-time link is on its way to the account's address."""
    with translation.override(user.language):
        letter = EmailMessage(
            subject=_("Set your password for Portal Desa Binaan"),
            body=render_to_string(
                "accounts/mail/link.txt", {"link": link, "hours": hours}
            ),
            to=[user.email],
        )
    return POST_OFFICE.submit(_send, letter)


def send_address_changed(language: str, old_address: str) -> Future[None]:
    """A letter at the old address tells that it no longer belongs to the account."""
    with translation.override(language):
        letter = EmailMessage(
            subject=_("Your e-mail address at Portal Desa Binaan was changed"),
            body=render_to_string("accounts/mail/address_changed.txt"),
            to=[old_address],
        )
    return POST_OFFICE.submit(_send, letter)


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except (SMTPException, OSError) as problem:
        logger.error("A letter could not be sent: %s", type(problem).__name__)
