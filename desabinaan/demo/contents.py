"""The demonstration's contents from data/: invented people in real places."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).resolve().parent / "data"


def contents(name: str) -> Any:
    """Return the contents of data/<name>.json."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def day_of(entry: Mapping[str, Any]) -> date:
    """Return a fixed day {"date": "2025-12-19"}, or {"today": -40} days from today."""
    if "date" in entry:
        return date.fromisoformat(entry["date"])
    return timezone.localdate() + timedelta(days=entry["today"])


def moment(day: date, clock: str = "09:00") -> datetime:
    """Return that day at that time in the office's zone, but never after now."""
    local = datetime.combine(day, time.fromisoformat(clock))
    return min(timezone.make_aware(local), timezone.now())
