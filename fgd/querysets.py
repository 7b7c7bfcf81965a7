import re
from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone

from desabinaan.accounts.access import Actor, Role, roles_with
from desabinaan.lib.searching import matching
from fgd.standing import agencies_of
from villages.standing import standing_of

if TYPE_CHECKING:
    from fgd.models import Action, Agency, Session

#: The number by which people name an action: "RTL-00012", "rtl 12".
REFERENCE = re.compile(r"rtl[ -]*0*(\d{1,9})", re.IGNORECASE)
#: a session that the invited do not see, or no longer
UNANNOUNCED = ("draft", "cancelled")
OPEN_ACTION = ("not_started", "in_progress", "reported_done")


class AgencyQuerySet(QuerySet["Agency"]):
    def confirmed(self) -> Self:
        """Agencies that can be invited or made responsible: confirmed, not merged."""
        return self.filter(status="confirmed", successor=None)

    def standing(self) -> Self:
        """Agencies that still exist under their name, also those only proposed."""
        return self.filter(successor=None)

    def matching(self, typed: str) -> Self:
        """Agencies with every typed word, or its beginning, in one of their names."""
        return matching(self, typed)


class SessionQuerySet(QuerySet["Session"]):
    def visible_to(self, user: Actor) -> Self:
        """Sessions one runs or audits, and those one's village or agency is called to.

        The invited see an announced session; its minutes only when final.
        """
        called = self._called(user)
        seen = self._hosted(user, "session.view")
        if called:
            seen |= called & ~Q(status__in=UNANNOUNCED)
        return self.filter(seen)

    def announced(self) -> Self:
        """Sessions of which those who are called to them know."""
        return self.exclude(status__in=UNANNOUNCED)

    def open_for(self, user: Actor, capability: str) -> Self:
        return self.filter(self._hosted(user, capability))

    def concerning(self, village_id: int) -> Self:
        """Sessions to which the village is called, or whose topics concern it."""
        called = Q(pk__in=self._related("invitations", village_id=village_id))
        spoken_of = self._related("topics", topic_villages__village_id=village_id)
        return self.filter(called | Q(pk__in=spoken_of))

    def matching(self, typed: str) -> Self:
        """Sessions with every typed word, or its beginning, in theme or venue."""
        return matching(self, typed)

    def with_counts(self) -> Self:
        """Each session knows how many rows each of its tabs holds."""
        return self.annotate(
            agenda_count=self._counted("agenda_items"),
            topic_count=self._counted("topics"),
            invitation_count=self._counted("invitations"),
            delegate_count=self._counted("delegates"),
            present_count=self._counted("delegates", attendance__isnull=False),
            minutes_count=self._counted("topics", "minutes"),
            recommendation_count=self._counted("recommendations"),
            action_count=self._counted("actions"),
        )

    def _related(self, name: str, **conditions: object) -> QuerySet[Any, Any]:
        related = cast(type[Model], self.model._meta.get_field(name).related_model)
        rows = related._default_manager.filter(**conditions)
        return rows.order_by().values("session_id")

    def _counted(self, name: str, of: str = "pk", **conditions: object) -> Coalesce:
        """How many rows of relation `name`, or of their relation `of`, it has."""
        mine = self._related(name, session_id=OuterRef("pk"), **conditions)
        counts = mine.annotate(rows=Count(of)).values("rows")
        return Coalesce(Subquery(counts), 0)

    def _hosted(self, user: Actor, capability: str) -> Q:
        return Q(office_id__in=_offices(user, capability))

    def _called(self, user: Actor) -> Q:
        offices = _offices(user, "session.view")
        villages = standing_of(user).villages("session.view_final")
        agencies = _agencies(user, "session.view_final")
        if not (offices or villages or agencies):
            return Q()
        invitations = self.model._meta.get_field("invitations").related_model
        to_me = invitations._default_manager.filter(
            Q(village_id__in=villages)
            | Q(agency_id__in=agencies)
            | Q(village__office_id__in=offices)
            | Q(agency__office_id__in=offices)
        )
        return Q(pk__in=to_me.values("session_id"))


class ActionQuerySet(QuerySet["Action"]):
    def visible_to(self, user: Actor) -> Self:
        """Actions of one's sessions, area, villages and agencies.

        Village officials and focal points see an action once it is agreed. Few
        rows (a village's, an agency's) come by their ids; an office's many rows
        by a condition, so that a sorted page stops early.
        """
        seen = self._of_offices(_offices(user, "action.view"))
        few = self._of_villages(standing_of(user).villages("action.view"))
        few += self._of_agencies(_agencies(user, "action.view"))
        if few:
            first, *others = few
            ids = first.union(*others) if others else first
            seen |= Q(pk__in=ids, agreed_at__isnull=False)
        return self.filter(seen) if seen else self.none()

    def matching(self, typed: str) -> Self:
        """The action of a typed number (RTL-00012), or those with every typed word."""
        if number := REFERENCE.fullmatch(typed.strip()):
            return self.filter(pk=int(number[1]))
        return matching(self, typed)

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)

    def open(self) -> Self:
        return self.filter(status__in=OPEN_ACTION)

    def overdue(self) -> Self:
        """Agreed, past the due date, and not yet reported done."""
        return self.agreed().filter(
            status__in=["not_started", "in_progress"], due_on__lt=timezone.localdate()
        )

    def _of_offices(self, offices: list[int]) -> Q:
        if not offices:
            return Q()
        villages = self.model._meta.get_field("action_villages").related_model
        in_area = villages._default_manager.filter(
            action_id=OuterRef("pk"), village__office_id__in=offices
        )
        # One row asked for by its key: PostgreSQL would read the whole table of
        # villages into a hash for an EXISTS beside an OR.
        one = Subquery(in_area.order_by().values("pk")[:1])
        return Q(office_id__in=offices) | Q(IsNull(one, False))

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
        """Ids of actions by the rows of relation `name`, read from its index alone."""
        related = cast(type[Model], self.model._meta.get_field(name).related_model)
        rows = related._default_manager.filter(**conditions)
        return rows.order_by().values_list("action_id", flat=True)


def _offices(user: Actor, capability: str) -> list[int]:
    """Offices whose sessions are open: one's own, and a PIMPASA's home office."""
    standing = standing_of(user)
    return [*standing.offices(capability), *standing.home_offices(capability)]


def _agencies(user: Actor, capability: str) -> frozenset[int]:
    if Role.FOCAL_POINT in roles_with(capability):
        return agencies_of(user)
    return frozenset()
