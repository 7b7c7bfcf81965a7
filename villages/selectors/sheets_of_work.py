"""Outreach and vulnerability as files: which columns, and the rows behind them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.exports import Cell, Column
from villages.models import (
    MEASURES,
    Indicator,
    ModelIndicator,
    OutreachActivity,
    Pillar,
    VulnerabilityModel,
)
from villages.selectors.vulnerability import models_for
from villages.selectors.vulnerability_words import band_words, value_words

Rows = QuerySet[Any, dict[str, Any]]
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
            Column(_("“Medium” from"), itemgetter("model__medium_from"), 12),
            Column(_("“High” from"), itemgetter("model__high_from"), 12),
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
    english = get_language() == "en" and row["kind__name_en"]
    return str(english or row["kind__name"])


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
