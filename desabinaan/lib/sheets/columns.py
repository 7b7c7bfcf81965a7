"""A list as a sheet: its title, its columns and its rows."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from unicodedata import category

from django.utils import timezone

Cell: TypeAlias = str | int | float | Decimal | date | None
#: characters that begin a formula in some program, also their full-width forms
OPENERS = "=+-@|%\uff1d\uff0b\uff0d\uff20"
#: general categories of what takes no ink: controls, formats, marks, separators
UNSEEN = ("C", "M", "Z")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `value` takes a row, `width` is in characters."""

    label: str
    value: Callable[[Any], Cell]
    width: int = 18


def moment_column(label: str, value: Callable[[Any], Cell]) -> Column:
    """Return a column of moments; its heading names the zone that they are in."""
    return Column(f"{label} ({timezone.localtime().tzname()})", value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Title, columns and rows; `about` says by whom, when, with which filter."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    about: Sequence[str] = ()


def plain(cell: Cell) -> Cell:
    """Return the cell as it is written: no control characters, local time."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, int | float | Decimal):
        return cell
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None)
    return cell if isinstance(cell, date) else CONTROLS.sub("", str(cell))


def inert(text: str) -> str:
    """Return text that no program takes for a formula: with a leading apostrophe."""
    first_seen = next((sign for sign in text if category(sign)[0] not in UNSEEN), " ")
    if text and (first_seen in OPENERS or text[0] in "\t\r\n"):
        return f"'{text}"
    return text
