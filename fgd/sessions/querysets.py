from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from desabinaan.accounts.access import Actor, Role, roles_with
from desabinaan.lib.text.searching import matching
from fgd.agencies.permissions import agencies_represented_by
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from fgd.sessions.models import RundownList, Session


#: states in which the invited do not see a session
UNANNOUNCED = ("draft", "cancelled")
#: states in which the minutes are still to be made final
UNFINISHED = ("draft", "invited", "in_progress")
#: outcomes of a village under a topic that somebody has entered
DECIDED = ("discussed", "deferred")


class SessionQuerySet(QuerySet["Session"]):
    def visible_to(self, user: Actor) -> Self:
        """Return sessions that the user runs or audits, or is invited to.

        The invited see announced sessions only, and minutes only when final.
        """
        invited = self._invited(user)
        visible = self._hosted(user, "session.view")
        if invited:
            visible |= invited & ~Q(status__in=UNANNOUNCED)
        return self.filter(visible)

    def announced(self) -> Self:
        """Return sessions that the invited may see."""
        return self.exclude(status__in=UNANNOUNCED)

    def open_for(self, user: Actor, capability: str) -> Self:
        return self.filter(self._hosted(user, capability))

    def to_finalise(self, user: Actor) -> Self:
        """Return sessions that are over, whose minutes `user` may make final."""
        hosted = self.open_for(user, "session.finalise")
        return hosted.filter(status__in=UNFINISHED, ends_at__lt=timezone.now())

    def concerning(self, village_id: int) -> Self:
        """Return sessions that invite the village or have a topic about it."""
        invited = Q(pk__in=self._related("invitations", village_id=village_id))
        discussed = self._related("topics", topic_villages__village_id=village_id)
        return self.filter(invited | Q(pk__in=discussed))

    def matching(self, typed: str) -> Self:
        """Return sessions with every typed word, or its prefix, in theme or venue."""
        return matching(self, typed)

    def with_counts(self) -> Self:
        """Annotate the number of rows of each tab, and what is missing there."""
        return self.annotate(
            agenda_count=self._counted("agenda_items"),
            topic_count=self._counted("topics"),
            invitation_count=self._counted("invitations"),
            delegate_count=self._counted("delegates"),
            present_count=self._counted("delegates", attendance__isnull=False),
            minutes_count=self._counted("topics", "minutes"),
            recommendation_count=self._counted("recommendations"),
            action_count=self._counted("actions"),
            unwritten_count=self._counted("topics", minutes__isnull=True),
            undecided_count=self._counted(
                "topics", "topic_villages", topic_villages__outcome="open"
            ),
            decided_count=self._counted(
                "topics", "topic_villages", topic_villages__outcome__in=DECIDED
            ),
            without_action_count=self._counted("recommendations", actions__isnull=True),
        )

    def _related(self, name: str, **conditions: object) -> QuerySet[Any, Any]:
        related = cast(type[Model], self.model._meta.get_field(name).related_model)
        rows = related._default_manager.filter(**conditions)
        return rows.order_by().values("session_id")

    def _counted(self, name: str, of: str = "pk", **conditions: object) -> Coalesce:
        """Count the rows of relation `name`, or of their relation `of`."""
        mine = self._related(name, session_id=OuterRef("pk"), **conditions)
        counts = mine.annotate(rows=Count(of)).values("rows")
        return Coalesce(Subquery(counts), 0)

    def _hosted(self, user: Actor, capability: str) -> Q:
        return Q(office_id__in=offices_open_for(user, capability))

    def _invited(self, user: Actor) -> Q:
        offices = offices_open_for(user, "session.view")
        villages = roles_for(user).villages("session.view_final")
        agencies = agencies_open_for(user, "session.view_final")
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


class RundownListQuerySet(QuerySet["RundownList"]):
    def visible_to(self, user: Actor) -> Self:
        """Return rundowns pasted for sessions that the user may change."""
        offices = offices_open_for(user, "session.change")
        return self.filter(session__office_id__in=offices)


def offices_open_for(user: Actor, capability: str) -> list[int]:
    """Return offices where `user` has the capability; also a PIMPASA's home office."""
    user_roles = roles_for(user)
    return [
        *user_roles.offices(capability),
        *user_roles.own_offices(capability),
        *user_roles.home_offices(capability),
    ]


def agencies_open_for(user: Actor, capability: str) -> frozenset[int]:
    """Return the agencies that `user` represents, if that grants the capability."""
    if Role.FOCAL_POINT in roles_with(capability):
        return agencies_represented_by(user)
    return frozenset()
