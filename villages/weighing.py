"""What a model shall say: from the portal's own file, or from one that stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from villages.models import Indicator, VulnerabilityModel
from villages.scoring import WHOLE

SHIPPED = Path(__file__).resolve().parent / "data/vulnerability/model-1.json"
BOUNDS = ("medium_from", "high_from", "least_known", "note")


@dataclass(frozen=True, slots=True)
class Weight:
    """How one indicator shall count."""

    indicator: Indicator
    weight: int
    zero_at: Decimal
    full_at: Decimal
    valid_months: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a model shall say."""

    medium_from: int
    high_from: int
    least_known: int
    note: str
    weights: Sequence[Weight]


def refuse_unbalanced(weighing: Weighing) -> None:
    """Raise ValidationError, on the fields it names, for what makes no model."""
    total = sum(weight.weight for weight in weighing.weights)
    if total != WHOLE:
        raise ValidationError({f"{weighing.weights[0].indicator}_weight": _off(total)})
    for weight in weighing.weights:
        if weight.zero_at == weight.full_at:
            raise ValidationError(
                {
                    f"{weight.indicator}_full_at": _(
                        "Without points at one value, with all points at another."
                    )
                }
            )
    if not 0 < weighing.medium_from < weighing.high_from <= WHOLE:
        raise ValidationError(
            {"high_from": _("“High” begins above “medium” and at most at 100.")}
        )


def shipped_weighing() -> Weighing:
    """What data/vulnerability/model-1.json says."""
    return _weighing(json.loads(SHIPPED.read_text("utf-8")))


def weighing_of(model: VulnerabilityModel) -> Weighing:
    """What the model says, to be weighed anew."""
    rows = model.indicators.values(
        "indicator", "weight", "zero_at", "full_at", "valid_months", "why"
    )
    return _weighing(
        {name: getattr(model, name) for name in BOUNDS} | {"indicators": list(rows)}
    )


# --- Inside ------------------------------------------------------------------


def _off(total: int) -> str:
    text = (
        _("The weights add up to %(total)s, not to 100. Add %(off)s more.")
        if total < WHOLE
        else _("The weights add up to %(total)s, not to 100. Take %(off)s away.")
    )
    return text % {"total": total, "off": abs(WHOLE - total)}


def _weighing(told: Mapping[str, Any]) -> Weighing:
    return Weighing(
        **{name: told[name] for name in BOUNDS},
        weights=[
            Weight(
                Indicator(row["indicator"]),
                row["weight"],
                Decimal(row["zero_at"]),
                Decimal(row["full_at"]),
                row["valid_months"],
                row["why"],
            )
            for row in told["indicators"]
        ],
    )
