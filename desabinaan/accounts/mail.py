"""E-mails about accounts; they contain no name and no secret except the link."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User

logger = logging.getLogger(__name__)

#: A separate thread, so that the response time does not reveal whether a mail is sent.
MAIL_EXECUTOR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_link(user: User, link: str, hours: int) -> Future[None]:
    """Send the one-time link to the e-mail address of the account."""
    with translation.override(user.language):
        email = EmailMessage(
            subject=_("Set your password for Portal Desa Binaan"),
            body=render_to_string(
                "accounts/mail/link.txt", {"link": link, "hours": hours}
            ),
            to=[user.email],
        )
    return MAIL_EXECUTOR.submit(_send, email)


def send_contact_changed(language: str, addresses: Sequence[str]) -> None:
    """Inform the old and the new address, one by one, that the account changed."""
    with translation.override(language):
        subject = _("Your account at Portal Desa Binaan was changed")
        body = render_to_string("accounts/mail/contact_changed.txt")
    for address in addresses:
        email = EmailMessage(subject=subject, body=body, to=[address])
        MAIL_EXECUTOR.submit(_send, email)


def _send(email: EmailMessage) -> None:
    try:
        email.send()
    except (SMTPException, OSError) as problem:
        logger.error("An e-mail could not be sent: %s", type(problem).__name__)
