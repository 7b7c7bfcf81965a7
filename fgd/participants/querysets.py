from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from fgd.sessions.models import Session

if TYPE_CHECKING:
    from fgd.participants.models import DelegateList


class DelegateListQuerySet(QuerySet["DelegateList"]):
    def visible_to(self, user: Actor) -> Self:
        """Return lists of sessions whose participants the user may change."""
        sessions = Session.objects.open_for(user, "participant.change")
        return self.filter(session__in=sessions)
