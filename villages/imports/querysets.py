from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from villages.imports.models import VillageImport


class VillageImportQuerySet(QuerySet["VillageImport"]):
    def visible_to(self, user: Actor) -> Self:
        """Return imports of the offices for which this user imports villages."""
        return self.filter(office_id__in=roles_for(user).offices("village.import"))
