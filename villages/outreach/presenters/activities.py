"""Activities for the pages: labels of the list, and timeline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.text.bilingual import in_language
from desabinaan.lib.text.days import start_of
from desabinaan.lib.web.timeline import TimelineEntry, entry_of
from villages.outreach.models import OutreachActivity, Pillar
from villages.outreach.workflow import OUTREACH_BADGE_STYLES

#: event verb -> its text and its icon
EVENT_LABELS: dict[str, tuple[StrOrPromise, str]] = {
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


def outreach_with_labels(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add kind, pillar, state and badge style to each row."""
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
    """Return the state of an activity; a past plan is "not recorded yet"."""
    status = OutreachActivity.Status(row["status"])
    if status == OutreachActivity.Status.PLANNED and row["starts_at"] < today:
        return {"state": gettext("not recorded yet"), "badge_style": "late"}
    return {"state": status.label, "badge_style": OUTREACH_BADGE_STYLES[status]}


def outreach_timeline(activity: OutreachActivity) -> list[TimelineEntry]:
    """List the events of an activity, for `by_month`."""
    return [
        entry_of(event, EVENT_LABELS[event.verb][0], icon=EVENT_LABELS[event.verb][1])
        for event in activity.events.select_related("actor")
    ]
