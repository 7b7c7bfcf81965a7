from typing import Any, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.standing import standing_of


class CoverageQuerySet(QuerySet[Any]):
    def of_offices(self, user: Actor, capability: str) -> Self:
        """What lies in the area of the offices where `user` holds `capability`.

        Villages where a role is held singly are not in it.
        """
        return self.filter(office_id__in=standing_of(user).offices(capability))

    def within(self, left: int, top: int, right: int, bottom: int) -> Self:
        """Rows whose x and y lie in that box, its edges included."""
        return self.filter(x__range=(left, right), y__range=(top, bottom))
