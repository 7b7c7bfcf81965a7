"""Activities: rows of the list, one activity, and choices for its forms."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from desabinaan.accounts.access import Actor, Role
from desabinaan.accounts.models import User
from desabinaan.lib.text.days import start_of
from desabinaan.lib.text.folded_columns import Folded
from villages.outreach.models import (
    OutreachActivity,
    OutreachEvent,
    OutreachPhoto,
    OutreachVillage,
)
from villages.places.models import ActivityKind
from villages.places.permissions import in_force, roles_for
from villages.register.models import Assignment, Village

COLUMNS = (
    "id",
    "kind__name",
    "kind__name_en",
    "pillar",
    "starts_at",
    "venue",
    "status",
    "participants",
    "expected",
    "office__short_name",
)
#: name of a village with its district
PLACE = Concat("village__name", Value(", "), "village__district_name")


def outreach_rows(user: Actor) -> QuerySet[Any, dict[str, Any]]:
    """Return the visible activities as values, each with its villages; one query."""
    places = (
        OutreachVillage.objects.filter(activity=OuterRef("pk"))
        .order_by("pk")
        .values_list(PLACE)
    )
    rows: QuerySet[Any, dict[str, Any]] = (
        OutreachActivity.objects.visible_to(user)
        .annotate(places_named=ArraySubquery(places))
        .values(*COLUMNS, "places_named")
    )
    return rows


def unrecorded_for(user: Actor) -> QuerySet[OutreachActivity]:
    """Return past plans without a recorded outcome that the user may record.

    A plan of today is not late before the day is over.
    """
    return OutreachActivity.objects.open_for(user, "outreach.change").filter(
        status=OutreachActivity.Status.PLANNED,
        starts_at__lt=start_of(timezone.localdate()),
    )


def in_village(rows: QuerySet[Any, Any], **conditions: object) -> QuerySet[Any, Any]:
    """Filter the activities that reach a village matching the conditions."""
    reached = OutreachVillage.objects.filter(activity=OuterRef("pk"), **conditions)
    return rows.filter(Exists(reached))


def outreach_for(user: Actor) -> QuerySet[OutreachActivity]:
    """Return the activities the user may read, with kind, office and villages."""
    return (
        OutreachActivity.objects.visible_to(user)
        .select_related("kind", "office", "created_by")
        .prefetch_related("places__village")
    )


def held_activities_for(user: Actor) -> QuerySet[OutreachActivity]:
    return OutreachActivity.objects.visible_to(user).filter(
        status=OutreachActivity.Status.DONE
    )


def photos_for(user: Actor) -> QuerySet[OutreachPhoto]:
    return OutreachPhoto.objects.visible_to(user).select_related("activity")


def materials_for(user: Actor) -> QuerySet[OutreachActivity]:
    return OutreachActivity.objects.visible_to(user).exclude(material_file="")


def kinds_offered(current: OutreachActivity | None = None) -> QuerySet[ActivityKind]:
    """Return the kinds in use, and the current kind of the activity."""
    in_use = Q(is_active=True)
    if current is not None:
        in_use |= Q(pk=current.kind_id)
    return ActivityKind.objects.filter(in_use)


def kinds_by_name() -> QuerySet[ActivityKind]:
    return ActivityKind.objects.order_by(Folded("name"))


def officers_offered(
    user: Actor, activity: OutreachActivity | None = None
) -> QuerySet[User]:
    """Return the staff of the user's offices and the PIMPASA of their villages.

    The current officers of `activity` are included.
    """
    user_roles = roles_for(user)
    offices = {
        *user_roles.offices("outreach.change"),
        *user_roles.home_offices("outreach.change"),
    }
    serving = Assignment.objects.filter(in_force()).filter(
        Q(office__in=offices, role=Role.OFFICE_STAFF)
        | Q(village__office__in=offices, role=Role.PIMPASA)
    )
    offered = Q(pk__in=serving.values("user"), is_active=True)
    if activity is not None:
        offered |= Q(pk__in=activity.officers.values("pk"))
    return User.objects.filter(offered).order_by(Folded("name"), "pk")


def officers_of(activity: OutreachActivity) -> QuerySet[User]:
    return activity.officers.order_by(Folded("name"), "pk")


def villages_of(activity: OutreachActivity) -> list[Village]:
    return [place.village for place in activity.places.all()]


def last_outreach_edit(activity: OutreachActivity) -> tuple[str, datetime | None]:
    """Return who changed the plan or the record last, and when."""
    event = (
        OutreachEvent.objects.filter(
            activity=activity, verb__in=("plan", "edit", "record", "correct", "cancel")
        )
        .select_related("actor")
        .order_by("-recorded_at", "-id")
        .first()
    )
    return (str(event.actor or ""), event.recorded_at) if event else ("", None)
