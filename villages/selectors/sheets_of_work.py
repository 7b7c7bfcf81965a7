"""Outreach and vulnerability as files: which columns."""

from collections.abc import Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile
from desabinaan.lib.exports import Cell, Column
from villages.models import OutreachActivity, Pillar
from villages.selectors.vulnerability_words import band_words


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


def _kind(row: Mapping[str, Any]) -> Cell:
    english = get_language() == "en" and row["kind__name_en"]
    return str(english or row["kind__name"])
