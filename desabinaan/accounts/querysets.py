from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from desabinaan.accounts.models import KeptFile, PasswordTicket, Removal, User

MAX_WRONG_TRIES = 5
HOURS_KEPT = 24


class PasswordTicketQuerySet(QuerySet["PasswordTicket"]):
    def open(self) -> "PasswordTicketQuerySet":
        """Return the tickets that can be used: not ended, expired or guessed at."""
        return self.filter(
            ended_at=None,
            expires_at__gt=timezone.now(),
            wrong_tries__lt=MAX_WRONG_TRIES,
        )


class RemovalQuerySet(QuerySet["Removal"]):
    def of(self, model: type[Model], pk: int) -> "RemovalQuerySet":
        return self.filter(model=model._meta.label_lower, object_id=pk)


class KeptFileQuerySet(QuerySet["KeptFile"]):
    def of(self, owner: "User") -> "KeptFileQuerySet":
        """Return the files of this person that are not too old."""
        since = timezone.now() - timedelta(hours=HOURS_KEPT)
        return self.filter(owner=owner, kept_at__gte=since)
