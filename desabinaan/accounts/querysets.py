from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from desabinaan.accounts.models import PasswordTicket

MAX_WRONG_TRIES = 5


class PasswordTicketQuerySet(QuerySet["PasswordTicket"]):
    def open(self) -> "PasswordTicketQuerySet":
        """Return the tickets that can be used: not ended, expired or guessed at."""
        return self.filter(
            ended_at=None,
            expires_at__gt=timezone.now(),
            wrong_tries__lt=MAX_WRONG_TRIES,
        )
