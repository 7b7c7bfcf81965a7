"""Mark notices as read."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice


def mark_read(notice: Notice, *, acting_user: User) -> Notice:
    """Mark the notice as read; the first time stays."""
    if notice.recipient_id != acting_user.pk:
        raise PermissionDenied("People mark only their own notices as read.")
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())
    return notice


def mark_all_read(until: datetime, *, acting_user: User) -> int:
    """Mark one's notices up to that moment as read; return how many were new."""
    own = Notice.objects.visible_to(acting_user)
    return own.unread().until(until).update(read_at=timezone.now())


def dismiss(path: str, kinds: Iterable[Kind]) -> None:
    """Mark these notices as read for everybody: what they ask for is done.

    Their e-mails, if not yet sent, are not sent.
    """
    asked = Notice.objects.unread().filter(path=path, kind__in=list(kinds))
    asked.update(read_at=timezone.now())
