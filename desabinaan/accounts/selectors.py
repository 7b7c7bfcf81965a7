from collections.abc import Iterable
from datetime import datetime, timedelta

from axes.models import AccessLog
from django.utils import timezone

from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.passwords import fingerprint

SHOWN_SIGN_INS = 5


def open_link(token: str) -> PasswordTicket | None:
    """The ticket behind a one-time link, if the link still opens the door."""
    return (
        PasswordTicket.objects.open()
        .filter(
            kind=PasswordTicket.Kind.LINK,
            secret_hash=fingerprint(token),
            user__is_active=True,
        )
        .first()
    )


def open_links_of(issuer: User, tokens: Iterable[str]) -> dict[str, PasswordTicket]:
    """Those of the tokens that still open a door and were issued by this person."""
    by_hash = {fingerprint(token): token for token in tokens}
    tickets = (
        PasswordTicket.objects.open()
        .filter(
            kind=PasswordTicket.Kind.LINK,
            secret_hash__in=by_hash,
            issued_by=issuer,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("pk")
    )
    return {by_hash[ticket.secret_hash]: ticket for ticket in tickets}


def holder_of(ticket_id: int) -> User | None:
    """Whose password the ticket sets; None when it no longer opens the door."""
    ticket = (
        PasswordTicket.objects.open()
        .filter(pk=ticket_id, user__is_active=True)
        .select_related("user")
        .first()
    )
    return ticket.user if ticket else None


def recent_sign_ins(user: User) -> list[tuple[datetime, str]]:
    """When and from which address this name last signed in, newest first."""
    rows = (
        AccessLog.objects.filter(username=user.username)
        .order_by("-attempt_time")
        .values_list("attempt_time", "ip_address")
    )
    return [(when, address or "") for when, address in rows[:SHOWN_SIGN_INS]]


def links_lately(user: User) -> int:
    """How many links were asked for within the last hour."""
    since = timezone.now() - timedelta(hours=1)
    return user.password_tickets.filter(
        kind=PasswordTicket.Kind.LINK, issued_by=None, issued_at__gte=since
    ).count()
