"""Fresh accounts' one-time links: a letter to whoever has an address, else a slip."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from desabinaan.accounts import mail
from desabinaan.accounts.actions import FreshAccount
from desabinaan.accounts.models import User
from desabinaan.accounts.selectors import open_links_of
from desabinaan.accounts.slips import Slip, slips_paper

#: user ids -> in which role, and where, each of them serves; in Indonesian
Posts: TypeAlias = Callable[[Collection[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Who gets a letter, and (account, link, token) of the others, shown this once."""

    mailed: list[User]
    shown: list[tuple[User, str, str]]
    until: datetime


def hand_out(request: HttpRequest, made: Sequence[FreshAccount]) -> HandedOut:
    """The letters are on their way; the rest is for the page that answers.

    That page's own address tells nothing, so it keeps the usual referrer policy: with
    `no-referrer` a browser would send its form from "null", and be refused.
    """
    mailed, shown = [], []
    for one in made:
        if one.account.email:
            mail_link(request, one.account, one.secret)
            mailed.append(one.account)
        else:
            shown.append((one.account, link_of(request, one.secret), one.secret))
    return HandedOut(mailed, shown, max(one.ticket.expires_at for one in made))


def slips_answer(
    request: HttpRequest, issuer: User, tokens: Sequence[str], posts: Posts
) -> HttpResponse | None:
    """The links that `issuer` just handed out, as slips; None when none is open."""
    links = open_links_of(issuer, tokens)
    if not links:
        return None
    serves = posts({ticket.user_id for ticket in links.values()})
    slips = [
        Slip(ticket, link_of(request, token), serves.get(ticket.user_id, ""))
        for token, ticket in links.items()
    ]
    answer = HttpResponse(slips_paper(slips), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="slip-akun.pdf"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def mail_link(request: HttpRequest, account: User, token: str) -> None:
    """The letter with the link is on its way to the account's address."""
    mail.send_link(account, link_of(request, token), settings.PASSWORD_LINK_HOURS)


def link_of(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:set_password", args=[token]))
