"""Sessions: the list, one session, upcoming and unfinished sessions."""

from datetime import datetime
from typing import Any, cast

from django.db.models import F, Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from fgd.agencies.models import Agency
from fgd.sessions.models import Series, Session
from fgd.sessions.querysets import SessionQuerySet
from villages.places.models import Office
from villages.register.models import Village
from villages.register.querysets import VillageQuerySet
from villages.register.selectors.counts import in_state_on

#: Columns of a row of the list; paging needs "id" and the sorted columns.
COLUMNS = (
    "id",
    "theme",
    "office__short_name",
    "office__zone",
    "starts_at",
    "venue",
    "status",
    "theme_folded",
)

#: counts of what is written while a session is in progress
WRITTEN = (
    "present_count",
    "minutes_count",
    "decided_count",
    "recommendation_count",
    "action_count",
)


def visible_session(user: Actor, pk: int) -> Session:
    """Return the session with its host and counts; 404 when it is not visible."""
    rows = Session.objects.visible_to(user).with_counts().defer("search")
    return get_object_or_404(rows.select_related("office", "series"), pk=pk)


def session_rows(user: Actor) -> SessionQuerySet:
    """Return the sessions that `user` may see."""
    return Session.objects.visible_to(user)


def list_values(rows: SessionQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """Return the sessions as plain rows with the counts that the list shows."""
    values: QuerySet[Any, dict[str, Any]] = rows.with_counts().values(
        *COLUMNS, "invitation_count", "action_count"
    )
    return values


def is_unwritten(session_id: int) -> bool:
    """Tell whether nothing is written of what only an open session takes."""
    counts = Session.objects.with_counts().values(*WRITTEN).get(pk=session_id)
    return not any(counts.values())


def latest_stage(session: Session) -> datetime | None:
    """Return when the session last changed its state; None without such an event."""
    stages = session.events.exclude(to_status=F("from_status"))
    latest: datetime | None = stages.aggregate(Max("occurred_at"))["occurred_at__max"]
    return latest


def sessions_of_village(village: Village) -> SessionQuerySet:
    """Return sessions to which the village is invited or that concern it.

    Narrow by `visible_to`.
    """
    rows = Session.objects.concerning(village.pk).select_related("office")
    return rows.order_by("-starts_at", "-id")


def series_names(offices: QuerySet[Office]) -> list[str]:
    """Return the names of series of these offices, to suggest while typing."""
    rows = Series.objects.filter(office__in=offices).order_by(Folded("name"))
    return list(rows.values_list("name", flat=True).distinct()[:100])


def villages_in_reach(user: Actor, session: Session) -> VillageQuerySet:
    """Return the visible villages of the host's area that are designated.

    For a past session those that were designated on its day.
    """
    office = Q(office_id=session.office_id) | Q(office__parent_id=session.office_id)
    villages = Village.objects.visible_to(user).filter(office)
    if session.is_over:
        fostered = in_state_on(villages, "designated", session.first_day)
        return cast(VillageQuerySet, fostered)
    return villages.filter(status="designated")


def villages_of(session: Session) -> QuerySet[Village]:
    """Return the villages invited to the session or named in it, for checkboxes."""
    called = session.invitations.filter(village__isnull=False).values("village_id")
    topics = session.topics.values("topic_villages__village_id")
    actions = session.actions.values("action_villages__village_id")
    tied = Q(pk__in=called) | Q(pk__in=topics) | Q(pk__in=actions)
    return Village.objects.filter(tied).defer("search")


def agency_ids_at(session: Session) -> list[int]:
    """Return ids of the agencies at the table, and of those supporting its actions.

    At the table are the host, the invited, and who came uninvited.
    """
    host = Agency.objects.filter(office_id=session.office_id).order_by()
    ids = host.values_list("pk", flat=True).union(
        session.invitations.order_by().values_list("agency_id", flat=True),
        session.delegates.order_by().values_list("agency_id", flat=True),
        session.actions.order_by().values_list("supports__agency_id", flat=True),
    )
    return [pk for pk in ids if pk is not None]
