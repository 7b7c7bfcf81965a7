"""The folders that the development tools work in."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
VAR = REPOSITORY / "var"
