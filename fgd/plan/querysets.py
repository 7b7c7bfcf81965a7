import re
from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.searching import matching
from fgd.sessions.querysets import agencies_open_for, offices_open_for
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from fgd.plan.models import Action, Evidence

#: The number by which people name an action: "RTL-00012", "rtl 12".
REFERENCE = re.compile(r"rtl[ -]*0*(\d{1,9})", re.IGNORECASE)
#: states in which progress is reported, and waivers are asked for and decided
MOVING_ACTION = ("not_started", "in_progress")
OPEN_ACTION = (*MOVING_ACTION, "reported_done")


class ActionQuerySet(QuerySet["Action"]):
    def visible_to(self, user: Actor) -> Self:
        """Return actions of the user's sessions, area, villages and agencies.

        Village officials and focal points see an action once it is agreed. The few
        rows of a village or an agency are selected by their ids, the many rows of an
        office by a condition, so that PostgreSQL can stop early on a sorted page.
        """
        return self.open_for(user, "action.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        """Return actions for which the user's office, village or agency has it.

        A PIMPASA sees those about any village of the home office.
        """
        offices = offices_open_for(user, capability)
        return self._at_places(user, capability, offices, offices)

    def where_may(self, user: Actor, capability: str) -> Self:
        """Return agreed actions at which a role of `user` has it.

        The same for many rows as `access.may` for one; see Action.roles_of.
        """
        hosts = offices_open_for(user, capability)
        areas = roles_for(user).offices(capability)
        return self.agreed()._at_places(user, capability, hosts, areas)

    def matching(self, typed: str) -> Self:
        """Return the action of a typed number (RTL-00012), or those with every word."""
        if number := REFERENCE.fullmatch(typed.strip()):
            return self.filter(pk=int(number[1]))
        return matching(self, typed)

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)

    def open(self) -> Self:
        return self.filter(status__in=OPEN_ACTION)

    def returned(self) -> Self:
        """Return actions that were returned, and nothing new is reported since."""
        return self.filter(status="in_progress").exclude(return_reason="")

    def overdue(self) -> Self:
        """Return agreed actions past their due date and not yet reported done."""
        return self.agreed().filter(
            status__in=MOVING_ACTION, due_on__lt=timezone.localdate()
        )

    def with_requested_waiver(self) -> Self:
        """Return actions for which a village's waiver waits for a decision."""
        villages = self.model._meta.get_field("action_villages").related_model
        requested = villages._default_manager.filter(status="waiver_requested")
        return self.filter(pk__in=requested.values("action_id"))

    def _at_places(
        self, user: Actor, capability: str, hosts: list[int], areas: list[int]
    ) -> Self:
        """Return actions of these hosts, of villages of these areas, and few others."""
        seen = self._of_hosts(hosts) | self._in_areas(areas)
        few = self._of_villages(roles_for(user).villages(capability))
        few += self._of_agencies(agencies_open_for(user, capability))
        if few:
            first, *others = few
            ids = first.union(*others) if others else first
            seen |= Q(pk__in=ids, agreed_at__isnull=False)
        return self.filter(seen) if seen else self.none()

    def _of_hosts(self, offices: list[int]) -> Q:
        return Q(office_id__in=offices) if offices else Q()

    def _in_areas(self, offices: list[int]) -> Q:
        if not offices:
            return Q()
        villages = self.model._meta.get_field("action_villages").related_model
        in_area = villages._default_manager.filter(
            action_id=OuterRef("pk"), village__office_id__in=offices
        )
        # A subquery for one row by its key: for EXISTS beside OR, PostgreSQL would
        # read the whole table of villages into a hash.
        one = Subquery(in_area.order_by().values("pk")[:1])
        return Q(IsNull(one, False))

    def _of_villages(self, villages: list[int]) -> list[QuerySet[Any, int]]:
        if not villages:
            return []
        return [self._ids("action_villages", village_id__in=villages)]

    def _of_agencies(self, agencies: frozenset[int]) -> list[QuerySet[Any, int]]:
        if not agencies:
            return []
        led = self.model._default_manager.filter(lead_agency_id__in=agencies)
        return [
            led.order_by().values_list("pk", flat=True),
            self._ids("supports", agency_id__in=agencies),
        ]

    def _ids(self, name: str, **conditions: object) -> QuerySet[Any, int]:
        """Return ids of actions that have such rows, by an index-only scan."""
        related = cast(type[Model], self.model._meta.get_field(name).related_model)
        rows = related._default_manager.filter(**conditions)
        return rows.order_by().values_list("action_id", flat=True)


class EvidenceQuerySet(QuerySet["Evidence"]):
    def not_withdrawn(self) -> Self:
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: Actor) -> Self:
        """Return evidence of the user's actions; a village official's own village's.

        An auditor's list holds the titles of all; opening is checked apart.
        """
        actions: Any = self.model._meta.get_field("action").related_model
        rows = actions.objects
        villages = roles_for(user).villages("evidence.view_own")
        own = Q(village__in=villages, action__in=rows.visible_to(user))
        if not villages:
            own = Q(pk__in=[])
        return self.filter(
            Q(action__in=rows.open_for(user, "evidence.view").values("pk"))
            | Q(action__in=rows.open_for(user, "evidence.list").values("pk"))
            | own
        )
