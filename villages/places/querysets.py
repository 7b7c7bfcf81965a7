from typing import TYPE_CHECKING, Any, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from villages.places.models import Boundary, Office, Region


class ReferenceQuerySet(QuerySet[Any]):
    """Reference data of any kind."""

    def in_use(self) -> Self:
        return self.filter(is_active=True)


class RegionQuerySet(QuerySet["Region"]):
    def current(self) -> Self:
        return self.filter(valid_to=None)


class BoundaryQuerySet(QuerySet["Boundary"]):
    def touching(self, west: float, south: float, east: float, north: float) -> Self:
        """Return outlines that may reach into the box, given in degrees."""
        return self.filter(
            west__lte=east, east__gte=west, south__lte=north, north__gte=south
        )


class OfficeQuerySet(QuerySet["Office"]):
    def open_for(self, user: Actor, capability: str) -> Self:
        """Return offices at which `user` holds `capability` over the whole area."""
        return self.filter(pk__in=roles_for(user).offices(capability))
