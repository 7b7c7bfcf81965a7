"""The activities in sight: rows of the list, one activity, its record of deeds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, Role
from desabinaan.accounts.models import User
from desabinaan.lib.bilingual import in_language
from desabinaan.lib.days import start_of
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from desabinaan.lib.timeline import Entry, entry_of
from villages.models import (
    ActivityKind,
    Assignment,
    OutreachActivity,
    OutreachEvent,
    OutreachPhoto,
    OutreachVillage,
    Pillar,
    Village,
)
from villages.standing import in_force, standing_of
from villages.workflow import OUTREACH_TONES

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
#: a village that an activity reaches, named with its district
PLACE = Concat("village__name", Value(", "), "village__district_name")
#: verb -> what is told, and the drawing
DEEDS: dict[str, tuple[StrOrPromise, str]] = {
    "plan": (_("Activity planned"), "calendar-plus"),
    "edit": (_("Plan changed"), "pencil"),
    "record": (_("Activity held"), "circle-check"),
    "correct": (_("Record corrected"), "pencil"),
    "cancel": (_("Activity cancelled"), "ban"),
    "photo_add": (_("Photos added"), "image-plus"),
    "photo_remove": (_("Photo removed"), "image-minus"),
    "test_open_before": (_("Test before the activity opened"), "door-open"),
    "test_close_before": (_("Test before the activity closed"), "door-closed"),
    "test_paper_before": (
        _("Answers on paper entered, before the activity"),
        "file-pen",
    ),
    "test_open_after": (_("Test after the activity opened"), "door-open"),
    "test_close_after": (_("Test after the activity closed"), "door-closed"),
    "test_paper_after": (
        _("Answers on paper entered, after the activity"),
        "file-pen",
    ),
}


def outreach_rows(user: Actor) -> QuerySet[Any, dict[str, Any]]:
    """The activities in sight as values, each with its villages; one query."""
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
    """Plans whose day has passed, for whoever should tell whether they were held.

    A plan of today is not late before the day is over.
    """
    return OutreachActivity.objects.open_for(user, "outreach.change").filter(
        status=OutreachActivity.Status.PLANNED,
        starts_at__lt=start_of(timezone.localdate()),
    )


def outreach_sorts() -> dict[str, Sort]:
    return {"waktu": Sort(Order("starts_at", descending=True), gettext("When"))}


def in_village(rows: QuerySet[Any, Any], **conditions: object) -> QuerySet[Any, Any]:
    """The activities that reach a village of these conditions."""
    reached = OutreachVillage.objects.filter(activity=OuterRef("pk"), **conditions)
    return rows.filter(Exists(reached))


def dressed_outreach(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with kind, pillar and state in words."""
    today = start_of(timezone.localdate())
    return [
        row
        | {
            "kind": in_language(row["kind__name"], row["kind__name_en"]),
            "pillar_name": Pillar(row["pillar"]).label,
        }
        | _state(row, today)
        for row in rows
    ]


def _state(row: dict[str, Any], today: datetime) -> dict[str, StrOrPromise]:
    """The state in words; a plan whose day has passed says so."""
    status = OutreachActivity.Status(row["status"])
    if status == OutreachActivity.Status.PLANNED and row["starts_at"] < today:
        return {"state": gettext("not recorded yet"), "tone": "late"}
    return {"state": status.label, "tone": OUTREACH_TONES[status]}


def outreach_for(user: Actor) -> QuerySet[OutreachActivity]:
    """The activities this user may read, each with kind, office and villages."""
    return (
        OutreachActivity.objects.visible_to(user)
        .select_related("kind", "office", "created_by")
        .prefetch_related("places__village")
    )


def held_for(user: Actor) -> QuerySet[OutreachActivity]:
    return OutreachActivity.objects.visible_to(user).filter(
        status=OutreachActivity.Status.DONE
    )


def photos_for(user: Actor) -> QuerySet[OutreachPhoto]:
    return OutreachPhoto.objects.visible_to(user).select_related("activity")


def materials_for(user: Actor) -> QuerySet[OutreachActivity]:
    return OutreachActivity.objects.visible_to(user).exclude(material_file="")


def kinds_offered(current: OutreachActivity | None = None) -> QuerySet[ActivityKind]:
    """The kinds in use, and the one that stands even when it is not."""
    in_use = Q(is_active=True)
    if current is not None:
        in_use |= Q(pk=current.kind_id)
    return ActivityKind.objects.filter(in_use)


def kinds_by_name() -> QuerySet[ActivityKind]:
    return ActivityKind.objects.order_by("name")


def officers_offered(
    user: Actor, activity: OutreachActivity | None = None
) -> QuerySet[User]:
    """Who may have gone: staff of this user's offices and PIMPASA of their villages.

    Those whom `activity` names already are offered as well.
    """
    standing = standing_of(user)
    offices = {
        *standing.offices("outreach.change"),
        *standing.home_offices("outreach.change"),
    }
    serving = Assignment.objects.filter(in_force()).filter(
        Q(office__in=offices, role=Role.OFFICE_STAFF)
        | Q(village__office__in=offices, role=Role.PIMPASA)
    )
    offered = Q(pk__in=serving.values("user"), is_active=True)
    if activity is not None:
        offered |= Q(pk__in=activity.officers.values("pk"))
    return User.objects.filter(offered).order_by("name", "pk")


def officers_of(activity: OutreachActivity) -> QuerySet[User]:
    return activity.officers.order_by("name", "pk")


def villages_of(activity: OutreachActivity) -> list[Village]:
    return [place.village for place in activity.places.all()]


def outreach_story(activity: OutreachActivity) -> list[Entry]:
    """Every deed as a line, for lib.timeline.by_month."""
    return [
        entry_of(event, DEEDS[event.verb][0], icon=DEEDS[event.verb][1])
        for event in activity.events.select_related("actor")
    ]


def last_outreach_edit(activity: OutreachActivity) -> tuple[str, datetime | None]:
    """Who changed plan or record last, and when."""
    event = (
        OutreachEvent.objects.filter(
            activity=activity, verb__in=("plan", "edit", "record", "correct", "cancel")
        )
        .select_related("actor")
        .order_by("-recorded_at", "-id")
        .first()
    )
    return (str(event.actor or ""), event.recorded_at) if event else ("", None)
