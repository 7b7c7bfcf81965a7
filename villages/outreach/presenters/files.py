"""Activities and learning results as files: their columns and rows."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column, moment_column
from desabinaan.lib.text.bilingual import in_language
from villages.outreach.models import (
    AwarenessCount,
    AwarenessPhase,
    OutreachActivity,
    OutreachVillage,
    Pillar,
)
from villages.outreach.selectors.activities import PLACE
from villages.outreach.selectors.learning import Gain, Share, publishable

Rows = QuerySet[Any, dict[str, Any]]
GROUP_ROW = (
    "activity",
    "starts_at",
    "kind__name",
    "kind__name_en",
    "office",
    "question__bank__pillar",
    "question__number",
    "question__text",
    "question__text_en",
)


def outreach_file() -> ListFile:
    states = {value: str(label) for value, label in OutreachActivity.Status.choices}
    pillars = {value: str(label) for value, label in Pillar.choices}
    return ListFile(
        "kegiatan",
        _("Activities"),
        (
            moment_column(_("When"), itemgetter("starts_at")),
            Column(_("Kind"), _kind, 24),
            Column(_("Pillar"), lambda row: pillars[row["pillar"]], 16),
            Column(_("Villages"), lambda row: "; ".join(row["places_named"]), 36),
            Column(_("Venue"), itemgetter("venue"), 26),
            Column(_("Office"), itemgetter("office__short_name"), 18),
            Column(_("State"), lambda row: states[row["status"]], 14),
            Column(_("Expected"), itemgetter("expected"), 12),
            Column(_("Participants"), itemgetter("participants"), 12),
        ),
    )


def learning_file_rows(activities: QuerySet[OutreachActivity]) -> Rows:
    """Return the groups that `learned_in` adds up, by activity and question.

    A row exists only where the groups before and after may both be shown.
    """
    of_them = AwarenessCount.objects.filter(
        phase__test__activity__in=activities.order_by().values("pk")
    )
    reached = OutreachVillage.objects.filter(activity=OuterRef("activity"))
    kind = AwarenessPhase.Kind
    before, after = Q(phase__kind=kind.BEFORE), Q(phase__kind=kind.AFTER)
    rows: Rows = (
        publishable(of_them)
        .annotate(
            activity=F("phase__test__activity"),
            starts_at=F("phase__test__activity__starts_at"),
            kind__name=F("phase__test__activity__kind__name"),
            kind__name_en=F("phase__test__activity__kind__name_en"),
            office=F("phase__test__activity__office__short_name"),
        )
        .values(*GROUP_ROW)
        .annotate(
            before=Sum("answered", filter=before),
            before_right=Sum("right", filter=before),
            after=Sum("answered", filter=after),
            after_right=Sum("right", filter=after),
            places_named=ArraySubquery(reached.order_by("pk").values_list(PLACE)),
        )
        .filter(before__isnull=False, after__isnull=False)
        .order_by("-starts_at", "-activity", "question__number")
    )
    return rows


def learning_file() -> ListFile:
    pillars = {value: str(label) for value, label in Pillar.choices}
    return ListFile(
        "hasil-belajar",
        _("What people learned"),
        (
            moment_column(_("When"), itemgetter("starts_at")),
            Column(_("Kind"), _kind, 24),
            Column(_("Villages"), lambda row: "; ".join(row["places_named"]), 36),
            Column(_("Office"), itemgetter("office"), 18),
            Column(_("Pillar"), lambda row: pillars[row["question__bank__pillar"]], 16),
            Column(
                _("Question"),
                lambda row: in_language(
                    row["question__text"], row["question__text_en"]
                ),
                60,
            ),
            Column(_("Answers before"), itemgetter("before"), 12),
            Column(
                _("Right answers before (%)"), lambda row: _gain(row).before.percent, 12
            ),
            Column(_("Answers after"), itemgetter("after"), 12),
            Column(
                _("Right answers after (%)"), lambda row: _gain(row).after.percent, 12
            ),
            Column(_("Gain in points"), lambda row: _gain(row).points, 12),
        ),
    )


# --- Cells -------------------------------------------------------------------


def _kind(row: Mapping[str, Any]) -> Cell:
    return in_language(row["kind__name"], row["kind__name_en"])


def _gain(row: Mapping[str, Any]) -> Gain:
    before = Share(row["before"], row["before_right"])
    return Gain(before, Share(row["after"], row["after_right"]))
