"""The questions that come along, read from data/questions/."""

import json
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).resolve().parent / "data" / "questions" / "banks.json"


def read_banks(path: Path = SHIPPED) -> list[dict[str, Any]]:
    """Banks as told in the file, each with its `questions`."""
    banks: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return banks
