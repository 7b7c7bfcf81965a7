"""Deliver first passwords: a link by e-mail, or a printed slip without an address."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from desabinaan.accounts import mail
from desabinaan.accounts.addresses import absolute_url
from desabinaan.accounts.models import User
from desabinaan.accounts.selectors import open_links_of
from desabinaan.accounts.services import NewAccount
from desabinaan.accounts.slips import Slip, slips_paper

#: user ids -> role and place of each user, in Indonesian
Positions: TypeAlias = Callable[[Collection[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Who was sent an e-mail, and (account, link, token) of the others."""

    mailed: list[User]
    shown: list[tuple[User, str, str]]
    until: datetime


def deliver_credentials(
    made: Sequence[NewAccount],
) -> DeliveryResult:
    """Send the links by e-mail; return those of accounts without an address.

    The links are shown this once, in the response to the POST. The address of that
    page contains no secret, so it keeps the usual referrer policy: with `no-referrer`
    a browser would send its form with the origin "null", which is refused.
    """
    mailed, shown = [], []
    for one in made:
        if one.account.email:
            mail_link(one.account, one.secret)
            mailed.append(one.account)
        else:
            shown.append((one.account, link_of(one.secret), one.secret))
    return DeliveryResult(mailed, shown, max(one.ticket.expires_at for one in made))


def slips_response(
    issuer: User, tokens: Sequence[str], positions: Positions
) -> HttpResponse | None:
    """Return slips for the valid links that `issuer` issued; None if there are none."""
    links = open_links_of(issuer, tokens)
    if not links:
        return None
    serves = positions({ticket.user_id for ticket in links.values()})
    slips = [
        Slip(ticket, link_of(token), serves.get(ticket.user_id, ""))
        for token, ticket in links.items()
    ]
    answer = HttpResponse(slips_paper(slips), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="slip-akun.pdf"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def mail_link(account: User, token: str) -> None:
    """Send the link to the e-mail address of the account."""
    mail.send_link(account, link_of(token), settings.PASSWORD_LINK_HOURS)


def link_of(token: str) -> str:
    return absolute_url(reverse("accounts:set_password", args=[token]))
