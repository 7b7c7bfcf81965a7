"""The bundled questions of the awareness test, read from data/questions/."""

import json
from pathlib import Path
from typing import Any

DATA_FILE = Path(__file__).resolve().parent / "data" / "questions" / "banks.json"


def read_banks(path: Path = DATA_FILE) -> list[dict[str, Any]]:
    """Return the banks in the file, each with its `questions`."""
    banks: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return banks
