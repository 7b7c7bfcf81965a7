"""E-mails about notices: a sentence and a link for each, never a name."""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from desabinaan.accounts.addresses import absolute_url
from desabinaan.accounts.models import User
from desabinaan.notices.models import Notice


def email_for(recipient: User, notices: Sequence[Notice]) -> EmailMessage:
    """Return one e-mail in the recipient's language about all these notices.

    Its Message-ID is the same whenever the same notices are sent again, so that a
    mail program can recognise a duplicate.
    """
    with translation.override(recipient.language):
        lines = [(str(notice), absolute_url(notice.path)) for notice in notices]
        return EmailMessage(
            subject=_subject(lines),
            body=render_to_string(
                "notices/mail/notices.txt",
                {
                    "lines": lines,
                    "preferences_url": absolute_url(reverse("notices:preferences")),
                },
            ),
            to=[recipient.email],
            headers={
                "Message-ID": _message_id(notices),
                "Auto-Submitted": "auto-generated",
            },
        )


def _subject(lines: Sequence[tuple[str, str]]) -> str:
    words = ngettext("%(count)s notice", "%(count)s notices", len(lines))
    subject = lines[0][0] if len(lines) == 1 else words % {"count": len(lines)}
    return f"Portal Desa Binaan: {subject}"


def _message_id(notices: Sequence[Notice]) -> str:
    numbers = ",".join(str(notice.pk) for notice in notices)
    name = sha256(numbers.encode()).hexdigest()[:32]
    return f"<notice.{name}@{urlsplit(settings.PORTAL_URL).hostname}>"
