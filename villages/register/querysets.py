from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q, QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.searching import matching
from villages.places.named_places import NamedPlace, named_place_in
from villages.places.permissions import in_force, roles_for
from villages.places.village_names import name_key, without_kind

if TYPE_CHECKING:
    from villages.register.models import Assignment, Proposal, Village


class VillageQuerySet(QuerySet["Village"]):
    def visible_to(self, user: Actor) -> Self:
        """Return the villages whose record this user may read."""
        return self.open_for(user, "village.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        user_roles = roles_for(user)
        return self.filter(
            Q(office_id__in=user_roles.offices(capability))
            | Q(pk__in=user_roles.villages(capability))
        )

    def matching(self, typed: str) -> Self:
        """Return villages with every typed word in name, district, regency or code.

        A code may lack its dots, a name may be spelled or spaced otherwise.
        """
        return self.at(named_place_in(typed))

    def at(self, place: NamedPlace) -> Self:
        """Return villages that the place may mean; those of its name alone, too."""
        parts = (place.village, place.district, place.regency)
        words = " ".join([*map(without_kind, parts), place.code])
        if place.district or place.regency or place.code:
            return matching(self, words)
        by_name = self.model._default_manager.order_by().filter(
            region__name_key=name_key(place.village)
        )
        return matching(self, words, also=by_name.values("pk"))


class ProposalQuerySet(QuerySet["Proposal"]):
    def with_stated_decree(self) -> Self:
        """Return waiting proposals for which a list names a decree, or parts of one."""
        return self.filter(ended_on=None).exclude(
            stated_number="", stated_date=None, stated_signatory=""
        )


class AssignmentQuerySet(QuerySet["Assignment"]):
    def in_force(self) -> Self:
        return self.filter(in_force())

    def at(self, offices: Any, villages: Any) -> Self:
        """Return assignments at these offices or villages: ids, or queries for ids."""
        return self.filter(Q(office_id__in=offices) | Q(village_id__in=villages))

    def visible_to(self, user: Actor) -> Self:
        user_roles = roles_for(user)
        offices = user_roles.offices("office.view")
        return self.filter(
            Q(office_id__in=offices)
            | Q(village__office_id__in=offices)
            | Q(village_id__in=user_roles.villages("village.view"))
        )
