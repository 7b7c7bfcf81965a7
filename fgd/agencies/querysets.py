from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from desabinaan.lib.text.searching import matching

if TYPE_CHECKING:
    from fgd.agencies.models import Agency


class AgencyQuerySet(QuerySet["Agency"]):
    def confirmed(self) -> Self:
        """Return agencies that can be invited or can lead: confirmed, not merged."""
        return self.filter(status="confirmed", successor=None)

    def not_merged(self) -> Self:
        """Return agencies that were not merged into another, also proposed ones."""
        return self.filter(successor=None)

    def matching(self, typed: str) -> Self:
        """Return agencies with every typed word, or its prefix, in a name."""
        return matching(self, typed)
