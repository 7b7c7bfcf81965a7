"""What is measured of a village's vulnerability, in which unit, within which limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Indicator(models.TextChoices):
    """One of ten things that raise the risk of people being deceived and taken away."""

    MIGRATION = "migration", _("Migrant workers")
    POVERTY = "poverty", _("Poverty")
    UNEMPLOYMENT = "unemployment", _("Unemployment")
    SCHOOLING = "schooling", _("Young people out of school")
    PRIOR_CASES = "prior_cases", _("Published prior cases")
    BROKERS = "brokers", _("Unlicensed brokers")
    BORDER = "border", _("Coast or border")
    TRAVEL_TIME = "travel_time", _("Travel time to the immigration office")
    SIGNAL = "signal", _("Mobile signal")
    INACTIVITY = "inactivity", _("Months since the last activity")


class Band(models.TextChoices):
    """How vulnerable a village is taken to be; nothing known is never "low"."""

    UNKNOWN = "unknown", _("Cannot be judged yet")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


@dataclass(frozen=True, slots=True)
class Measure:
    """How the raw value of an indicator is entered and read.

    `most` is the largest value that can be true; `places` the decimals that count;
    `answers` the words for values that are answers rather than numbers.
    """

    unit: StrOrPromise
    hint: StrOrPromise
    most: Decimal
    places: int = 0
    answers: Mapping[int, StrOrPromise] | None = None


MEASURES: Mapping[Indicator, Measure] = {
    Indicator.MIGRATION: Measure(
        _("per 1,000 adults"),
        _("People who work abroad, for every 1,000 adults of the village."),
        Decimal(1000),
        places=1,
    ),
    Indicator.POVERTY: Measure(
        _("percent of households"),
        _("Households on the poverty list of the village."),
        Decimal(100),
        places=1,
    ),
    Indicator.UNEMPLOYMENT: Measure(
        _("percent of the workforce"),
        _("Adults who look for work and have none."),
        Decimal(100),
        places=1,
    ),
    Indicator.SCHOOLING: Measure(
        _("percent of those aged 16 to 18"),
        _("Young people of 16 to 18 years who do not go to school."),
        Decimal(100),
        places=1,
    ),
    Indicator.PRIOR_CASES: Measure(
        _("in the last three years"),
        _(
            "Only what was published: a verdict, a press release, a newspaper. "
            "Never from reports in this portal."
        ),
        Decimal(999),
    ),
    Indicator.BROKERS: Measure(
        _("known to be active"),
        _("Recruiters without a licence, counted, never named."),
        Decimal(999),
    ),
    Indicator.BORDER: Measure(
        "",
        _("Whether the village lies at the coast or at a land border."),
        Decimal(1),
        answers={0: _("neither"), 1: _("at the coast or a border")},
    ),
    Indicator.TRAVEL_TIME: Measure(
        _("minutes"),
        _("From the village hall to the counter, by the usual means."),
        Decimal(2880),
    ),
    Indicator.SIGNAL: Measure(
        "",
        _("How well a phone works where most people live."),
        Decimal(3),
        answers={0: _("none"), 1: _("weak"), 2: _("fair"), 3: _("strong")},
    ),
    Indicator.INACTIVITY: Measure(
        _("months"),
        _("Full months since the office last held an activity in the village."),
        Decimal(240),
    ),
}
