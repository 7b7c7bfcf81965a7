"""Sessions in sight, and the sessions that wait for somebody."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from fgd.models import Series, Session
from fgd.querysets import SessionQuerySet
from villages.models import Office, Village
from villages.querysets import VillageQuerySet
from villages.standing import standing_of

#: What a row of the list tells; "id" and the sorted columns serve the paging.
COLUMNS = ("id", "theme", "office__short_name", "starts_at", "venue", "status")


def visible_session(user: Actor, pk: int) -> Session:
    """The session with its host and the counts of its tabs; 404 when out of sight."""
    rows = Session.objects.visible_to(user).with_counts().defer("search")
    return get_object_or_404(rows.select_related("office", "series"), pk=pk)


def session_rows(user: Actor) -> SessionQuerySet:
    """The sessions in sight, for the list."""
    return Session.objects.visible_to(user)


def told_in_rows(rows: SessionQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """Rows that tell the story without being opened."""
    told: QuerySet[Any, dict[str, Any]] = rows.with_counts().values(
        *COLUMNS, "invitation_count", "action_count"
    )
    return told


def session_sorts() -> dict[str, Sort]:
    """The columns that the list can be sorted by, under their headings."""
    return {
        "mulai": Sort(Order("starts_at", descending=True), _("When")),
        "tema": Sort(Order("theme"), _("Theme")),
    }


def sessions_of_village(village: Village) -> SessionQuerySet:
    """Sessions that called the village or spoke of it; narrow by `visible_to`."""
    rows = Session.objects.concerning(village.pk).select_related("office")
    return rows.order_by("-starts_at", "-id")


def upcoming_sessions(user: Actor) -> SessionQuerySet:
    """Sessions in sight that are still to come, the next one first."""
    rows = Session.objects.visible_to(user).filter(
        status__in=["draft", "invited", "in_progress"], ends_at__gte=timezone.now()
    )
    return rows.select_related("office").order_by("starts_at", "id")


def waiting_sessions(user: Actor) -> SessionQuerySet:
    """Sessions one runs whose day is past and whose minutes are not final."""
    rows = Session.objects.open_for(user, "session.finalise").filter(
        status__in=["draft", "invited", "in_progress"], ends_at__lt=timezone.now()
    )
    return rows.select_related("office").order_by("starts_at", "id")


def host_offices(user: Actor, capability: str = "session.create") -> QuerySet[Office]:
    """Offices for which `user` may do this: one's own, and a PIMPASA's home office."""
    standing = standing_of(user)
    offices = [*standing.offices(capability), *standing.home_offices(capability)]
    return Office.objects.filter(pk__in=offices)


def hosts_somewhere(user: Actor, capability: str = "session.create") -> bool:
    """Whether there is an office for which `user` may do this; no query."""
    standing = standing_of(user)
    return bool(standing.offices(capability) or standing.home_offices(capability))


def series_names(offices: QuerySet[Office]) -> list[str]:
    """The series these offices have, to choose from while typing."""
    rows = Series.objects.filter(office__in=offices).order_by("name")
    return list(rows.values_list("name", flat=True).distinct()[:100])


def villages_in_reach(user: Actor, session: Session) -> VillageQuerySet:
    """The designated villages of the host office, or of those under it, in sight."""
    office = Q(office_id=session.office_id) | Q(office__parent_id=session.office_id)
    return Village.objects.visible_to(user).filter(office, status="designated")


def villages_of(session: Session) -> QuerySet[Village]:
    """Villages that the session calls or speaks of, for the boxes of its forms."""
    called = session.invitations.filter(village__isnull=False).values("village_id")
    topics = session.topics.values("topic_villages__village_id")
    actions = session.actions.values("action_villages__village_id")
    tied = Q(pk__in=called) | Q(pk__in=topics) | Q(pk__in=actions)
    return Village.objects.filter(tied).defer("search")


def agency_ids_at(session: Session) -> list[int]:
    """The agencies that the session invites, and those that support its actions."""
    invited = session.invitations.filter(agency__isnull=False)
    helping = session.actions.filter(supports__isnull=False)
    ids = invited.values_list("agency_id", flat=True).union(
        helping.values_list("supports__agency_id", flat=True)
    )
    return [pk for pk in ids if pk is not None]
