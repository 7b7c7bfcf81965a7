"""Models in force, figures and scores for the tests of vulnerability."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from desabinaan.accounts.models import User
from villages import actions
from villages.models import (
    Indicator,
    Office,
    Village,
    VulnerabilityInput,
    VulnerabilityModel,
)

#: gives 64 points with the model that comes with the portal: high
WORST = {
    Indicator.MIGRATION: Decimal(80),
    Indicator.POVERTY: Decimal(25),
    Indicator.PRIOR_CASES: Decimal(4),
    Indicator.BROKERS: Decimal(3),
    Indicator.BORDER: Decimal(1),
}
#: gives nothing, and is all that can be known: low
BEST = {
    Indicator.MIGRATION: Decimal(5),
    Indicator.POVERTY: Decimal(3),
    Indicator.UNEMPLOYMENT: Decimal(2),
    Indicator.SCHOOLING: Decimal(5),
    Indicator.PRIOR_CASES: Decimal(0),
    Indicator.BROKERS: Decimal(0),
    Indicator.BORDER: Decimal(0),
    Indicator.TRAVEL_TIME: Decimal(30),
    Indicator.SIGNAL: Decimal(3),
    Indicator.INACTIVITY: Decimal(1),
}


def model_in_force(kanwil: Office) -> VulnerabilityModel:
    model = actions.load_model(kanwil)
    assert model is not None
    return model


def enter(
    village: Village,
    values: Mapping[Indicator, Decimal],
    acting_user: User,
    days_ago: int = 10,
) -> list[VulnerabilityInput]:
    figures = actions.Figures(day(days_ago), "Profil desa", values)
    return actions.enter_figures(village, figures, acting_user=acting_user)


def day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def score_all(kanwil: Office, acting_user: User) -> None:
    """The scoring that waits for the worker, or a new one, is done."""
    run = kanwil.scoring_runs.filter(finished_at=None).first()
    run = run or actions.start_scoring(kanwil, acting_user=acting_user)
    actions.carry_on_scoring(run.pk)
