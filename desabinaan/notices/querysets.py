from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.notices.kinds import Channel, kinds_of

if TYPE_CHECKING:
    from desabinaan.notices.models import Notice


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: Actor) -> Self:
        """Everybody reads his or her own notices and nobody else's."""
        return self.filter(recipient_id=user.pk) if user.pk else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def read(self) -> Self:
        return self.exclude(read_at=None)

    def until(self, moment: datetime) -> Self:
        return self.filter(occurred_at__lte=moment)

    def of_matter(self, matter: str) -> Self:
        return self.filter(kind__in=kinds_of(matter))

    def to_post(self, channel: Channel) -> Self:
        """Those whose letter is due."""
        due = self.filter(mail_due_at__lte=timezone.now(), channel=channel)
        return due.order_by("mail_due_at", "pk")

    def needless_to_post(self) -> Self:
        """Those whose letter nobody needs any more, or nobody would receive."""
        gone = Q(recipient__is_active=False) | Q(recipient__email="")
        return self.filter(
            Q(read_at__isnull=False) | gone, mail_due_at__lte=timezone.now()
        )
