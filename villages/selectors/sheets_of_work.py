"""Outreach and vulnerability as files: which columns, and the rows behind them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.bilingual import in_language
from desabinaan.lib.exports import Cell, Column
from villages.models import (
    MEASURES,
    AwarenessCount,
    AwarenessRound,
    Indicator,
    ModelIndicator,
    OutreachActivity,
    OutreachVillage,
    Pillar,
    VulnerabilityModel,
)
from villages.selectors.learning import Gain, Share, tellable
from villages.selectors.outreach import PLACE
from villages.selectors.vulnerability import models_for
from villages.selectors.vulnerability_words import band_words, value_words

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
WEIGHT_ROW = (
    "model__number",
    "model__status",
    "model__office__short_name",
    "model__in_force_at",
    "model__medium_from",
    "model__high_from",
    "model__least_known",
    "model__note",
    "indicator",
    "weight",
    "zero_at",
    "full_at",
    "valid_months",
    "why",
)


def outreach_file() -> ListFile:
    states = {value: str(label) for value, label in OutreachActivity.Status.choices}
    pillars = {value: str(label) for value, label in Pillar.choices}
    return ListFile(
        "kegiatan",
        _("Activities"),
        (
            Column(_("When"), itemgetter("starts_at"), 18),
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
    """Per activity and question the two groups that `learned_in` adds up.

    Without a group before, or a group after, that may be shown there is no row.
    """
    of_them = AwarenessCount.objects.filter(
        round__test__activity__in=activities.order_by().values("pk")
    )
    reached = OutreachVillage.objects.filter(activity=OuterRef("activity"))
    moment = AwarenessRound.Moment
    before, after = Q(round__moment=moment.BEFORE), Q(round__moment=moment.AFTER)
    rows: Rows = (
        tellable(of_them)
        .annotate(
            activity=F("round__test__activity"),
            starts_at=F("round__test__activity__starts_at"),
            kind__name=F("round__test__activity__kind__name"),
            kind__name_en=F("round__test__activity__kind__name_en"),
            office=F("round__test__activity__office__short_name"),
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
            Column(_("When"), itemgetter("starts_at"), 18),
            Column(_("Kind"), _kind, 24),
            Column(_("Villages"), lambda row: "; ".join(row["places_named"]), 36),
            Column(_("Office"), itemgetter("office"), 18),
            Column(_("Pillar"), lambda row: pillars[row["question__bank__pillar"]], 16),
            Column(_("Question"), _question, 60),
            Column(_("Answers before"), itemgetter("before"), 12),
            Column(_("Right before, %"), lambda row: _gain(row).before.percent, 12),
            Column(_("Answers after"), itemgetter("after"), 12),
            Column(_("Right after, %"), lambda row: _gain(row).after.percent, 12),
            Column(_("Gain in points"), lambda row: _gain(row).points, 12),
        ),
    )


def vulnerability_file() -> ListFile:
    """Internal like its page: only who reads the scores may take them along."""
    return ListFile(
        "kerentanan",
        _("Vulnerability"),
        (
            Column(_("Code"), itemgetter("village__region_id"), 15),
            Column(_("Village"), itemgetter("village__name"), 22),
            Column(_("District"), itemgetter("village__district_name"), 20),
            Column(_("Regency or city"), itemgetter("village__regency_name"), 24),
            Column(
                _("Vulnerability"), lambda row: str(band_words(row["band"]).label), 16
            ),
            Column(_("Points"), lambda row: Decimal(row["value"]) / 10, 10),
            Column(_("At most"), lambda row: Decimal(row["at_most"]) / 10, 10),
            Column(_("Confidence"), itemgetter("confidence"), 12),
            Column(_("Office"), itemgetter("village__office__short_name"), 18),
            Column(_("As of"), itemgetter("reckoned_on"), 14),
        ),
    )


def model_file_rows(user: Actor) -> Rows:
    """The versions in sight, the newest first, each with all its indicators."""
    rows: Rows = (
        ModelIndicator.objects.filter(model__in=models_for(user).values("pk"))
        .order_by("-model__number", "model", "place", "pk")
        .values(*WEIGHT_ROW)
    )
    return rows


def model_file() -> ListFile:
    states = {value: str(label) for value, label in VulnerabilityModel.Status.choices}
    return ListFile(
        "model-kerentanan",
        _("The model"),
        (
            Column(_("Version"), itemgetter("model__number"), 8),
            Column(_("State"), lambda row: states[row["model__status"]], 14),
            Column(_("Office"), itemgetter("model__office__short_name"), 18),
            Column(_("In force since"), itemgetter("model__in_force_at"), 18),
            Column(_("Medium from"), itemgetter("model__medium_from"), 12),
            Column(_("High from"), itemgetter("model__high_from"), 12),
            Column(_("Judged when known"), itemgetter("model__least_known"), 12),
            Column(_("Why this version"), itemgetter("model__note"), 40),
            Column(_("Indicator"), lambda row: str(_measured(row).label), 32),
            Column(_("Weight"), itemgetter("weight"), 10),
            Column(_("No points at"), _anchor("zero_at"), 16),
            Column(_("All points at"), _anchor("full_at"), 16),
            Column(_("Unit"), lambda row: str(MEASURES[_measured(row)].unit), 28),
            Column(_("Holds for months"), itemgetter("valid_months"), 12),
            Column(_("Where the scale comes from"), itemgetter("why"), 50),
        ),
    )


# --- Cells -------------------------------------------------------------------


def _kind(row: Mapping[str, Any]) -> Cell:
    return in_language(row["kind__name"], row["kind__name_en"])


def _question(row: Mapping[str, Any]) -> Cell:
    return in_language(row["question__text"], row["question__text_en"])


def _gain(row: Mapping[str, Any]) -> Gain:
    before = Share(row["before"], row["before_right"])
    return Gain(before, Share(row["after"], row["after_right"]))


def _measured(row: Mapping[str, Any]) -> Indicator:
    return Indicator(row["indicator"])


def _anchor(name: str) -> Callable[[Mapping[str, Any]], Cell]:
    """A number to reckon with; of an answer its words, as on the page."""

    def cell(row: Mapping[str, Any]) -> Cell:
        value: Decimal = row[name]
        if MEASURES[_measured(row)].answers is None:
            return value
        return value_words(_measured(row), value)

    return cell
