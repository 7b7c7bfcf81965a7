"""Numbers that only count: the rows of a list, its columns, or what a cell says."""

import re
from collections.abc import Iterable, Sequence

COUNT = re.compile(r"\(?(?P<number>\d{1,4})\s*[.)]{0,2}")
COUNT_BEFORE = re.compile(r"\(?(?P<number>\d{1,4})\s*[.)]+\s*(?=\D)")


def counts(cells: Sequence[str]) -> bool:
    """Return whether the filled cells are "1.", "2." and so on, from any number."""
    return _count_up(COUNT.fullmatch(cell) for cell in cells if cell)


def numbers_columns(cells: Sequence[str]) -> bool:
    """Return whether the line numbers the columns: (1) (2) (3)."""
    filled = [cell for cell in cells if cell]
    first = COUNT.fullmatch(filled[0]) if len(filled) > 2 else None
    return first is not None and int(first["number"]) == 1 and counts(filled)


def without_counts(cells: Sequence[str]) -> list[str] | None:
    """Return the texts without "1.", "2." in front of them; None if they do not count.

    For lists without columns, as they are sent by messenger.
    """
    if not _count_up(COUNT_BEFORE.match(cell) for cell in cells if cell):
        return None
    return [COUNT_BEFORE.sub("", cell, count=1) for cell in cells]


def _count_up(found: Iterable[re.Match[str] | None]) -> bool:
    numbers = [int(one["number"]) if one else -1 for one in found]
    return (
        bool(numbers)
        and -1 not in numbers
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )
