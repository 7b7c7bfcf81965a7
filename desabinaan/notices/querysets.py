from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.notices.kinds import Channel, kinds_of_category

if TYPE_CHECKING:
    from desabinaan.notices.models import Notice


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: Actor) -> Self:
        """Return the user's own notices."""
        return self.filter(recipient_id=user.pk) if user.pk else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def read(self) -> Self:
        return self.exclude(read_at=None)

    def until(self, moment: datetime) -> Self:
        return self.filter(occurred_at__lte=moment)

    def of_category(self, category: str) -> Self:
        return self.filter(kind__in=kinds_of_category(category))

    def with_mail_due(self, channel: Channel) -> Self:
        """Return the notices whose e-mail is due."""
        due = self.filter(mail_due_at__lte=timezone.now(), channel=channel)
        return due.order_by("mail_due_at", "pk")

    def without_mail_need(self) -> Self:
        """Return due notices that need no e-mail, or whose user has no address."""
        gone = Q(recipient__is_active=False) | Q(recipient__email="")
        return self.filter(
            Q(read_at__isnull=False) | gone, mail_due_at__lte=timezone.now()
        )
