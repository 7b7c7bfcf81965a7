"""A person has read what he or she was told."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.models import Notice


@transaction.atomic
def mark_read(notice: Notice, *, acting_user: User) -> Notice:
    """The notice counts as read; the first moment stays."""
    current = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if current.recipient_id != acting_user.pk:
        raise PermissionDenied("Everybody reads his or her own notices.")
    if current.read_at is None:
        current.read_at = timezone.now()
        current.save(update_fields=["read_at"])
    return current


@transaction.atomic
def mark_all_read(until: datetime, *, acting_user: User) -> int:
    """All one's notices up to that moment count as read; how many were new."""
    own = Notice.objects.visible_to(acting_user)
    return own.unread().until(until).update(read_at=timezone.now())
