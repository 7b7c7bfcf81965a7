"""A person has read what he or she was told."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice


def mark_read(notice: Notice, *, acting_user: User) -> Notice:
    """The notice counts as read; the first moment stays."""
    if notice.recipient_id != acting_user.pk:
        raise PermissionDenied("Everybody reads his or her own notices.")
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())
    return notice


def mark_all_read(until: datetime, *, acting_user: User) -> int:
    """All one's notices up to that moment count as read; how many were new."""
    own = Notice.objects.visible_to(acting_user)
    return own.unread().until(until).update(read_at=timezone.now())


def dismiss(path: str, kinds: Iterable[Kind]) -> None:
    """What was asked for there is done: these notices need nobody's reading any more.

    They count as read by all, and their letters, if not yet sent, stay unsent.
    """
    asked = Notice.objects.unread().filter(path=path, kind__in=list(kinds))
    asked.update(read_at=timezone.now())
