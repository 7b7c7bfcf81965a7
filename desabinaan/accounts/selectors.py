from collections.abc import Iterable
from datetime import datetime, timedelta

from axes.models import AccessLog
from django.utils import timezone

from desabinaan.accounts.models import FormReceipt, PasswordTicket, User
from desabinaan.accounts.passwords import fingerprint

SHOWN_SIGN_INS = 5
#: who goes back and sends again does so within
A_SHORT_WHILE = timedelta(minutes=30)


def open_link(token: str) -> PasswordTicket | None:
    """Return the ticket of a one-time link; None if the link is not valid."""
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
    """Return the valid tickets that this person issued, by token."""
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
    """Return the user whose password the ticket sets; None if it has ended."""
    ticket = (
        PasswordTicket.objects.open()
        .filter(pk=ticket_id, user__is_active=True)
        .select_related("user")
        .first()
    )
    return ticket.user if ticket else None


def recent_sign_ins(user: User) -> list[tuple[datetime, str]]:
    """Return (moment, address) of the last sign-ins with this name, newest first."""
    rows = (
        AccessLog.objects.filter(username=user.username)
        .order_by("-attempt_time")
        .values_list("attempt_time", "ip_address")
    )
    return [(when, address or "") for when, address in rows[:SHOWN_SIGN_INS]]


def links_lately(user: User) -> int:
    """Return how many links were requested for this user within the last hour."""
    since = timezone.now() - timedelta(hours=1)
    return user.password_tickets.filter(
        kind=PasswordTicket.Kind.LINK, issued_by=None, issued_at__gte=since
    ).count()


def receipt_like(receipt: FormReceipt) -> FormReceipt | None:
    """Return a receipt of the same person, page and content from a short while ago."""
    if not receipt.typed_hash:
        return None
    lately = FormReceipt.objects.filter(
        user=receipt.user,
        path=receipt.path,
        typed_hash=receipt.typed_hash,
        sent_at__gt=receipt.sent_at - A_SHORT_WHILE,
    )
    if receipt.files_hash:
        lately = lately.filter(files_hash=receipt.files_hash)
    return lately.exclude(pk=receipt.pk).first()
