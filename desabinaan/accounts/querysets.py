from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from desabinaan.accounts.models import PasswordTicket, Removal

MAX_WRONG_TRIES = 5


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
