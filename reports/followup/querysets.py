from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from fgd.models import Action

if TYPE_CHECKING:
    from reports.followup.models import Evidence


class EvidenceQuerySet(QuerySet["Evidence"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: Actor) -> Self:
        """Evidence of the actions this user may read."""
        return self.filter(action__in=Action.objects.visible_to(user))
