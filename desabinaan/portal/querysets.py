from typing import Any, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.places.permissions import roles_for


class CoverageQuerySet(QuerySet[Any]):
    def of_offices(self, user: Actor, capability: str) -> Self:
        """Return rows in the area of the offices where `user` holds `capability`.

        Villages where a role is held singly are not in it.
        """
        return self.filter(office_id__in=roles_for(user).offices(capability))

    def within(self, left: int, top: int, right: int, bottom: int) -> Self:
        """Return rows whose x and y lie in that box, edges included."""
        return self.filter(x__range=(left, right), y__range=(top, bottom))
