"""What the demonstration tells, read from data/: invented people in real places."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).resolve().parent / "data"


def contents(name: str) -> Any:
    """The file data/<name>.json."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def day_of(told: Mapping[str, Any]) -> date:
    """A fixed day {"date": "2025-12-19"}, or one that moves: {"today": -40} days."""
    if "date" in told:
        return date.fromisoformat(told["date"])
    return timezone.localdate() + timedelta(days=told["today"])


def moment(day: date, clock: str = "09:00") -> datetime:
    """That day at that time in the office's zone; never later than now."""
    local = datetime.combine(day, time.fromisoformat(clock))
    return min(timezone.make_aware(local), timezone.now())
