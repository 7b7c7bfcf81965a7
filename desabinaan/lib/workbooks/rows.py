"""What every reader of rows gathers, and the limits all of them keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000

#: the word of what is odd about a file, and the details its sentence needs
Remark: TypeAlias = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet, counted from 1 as the spreadsheet program shows it."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    rows: list[Row]
    remarks: list[Remark] = field(default_factory=list)


def gathered(lines: Iterable[tuple[int, tuple[str, ...]]], most_rows: int) -> list[Row]:
    """The lines that hold anything; ValidationError as soon as they are too many."""
    rows: list[Row] = []
    for line, cells in _filled(lines):
        if len(rows) == most_rows:
            raise ValidationError(
                _(
                    "The sheet has more than %(limit)s filled rows, which is the "
                    "limit. Split it, for example by regency, and send the parts."
                ),
                "too_many_rows",
                {"limit": number_format(most_rows, force_grouping=True)},
            )
        rows.append(Row(line, cells))
    return rows


def plain(text: str, line: int) -> str:
    """A cell without margins, line breaks and signs that no database holds."""
    if len(text) > LONGEST_CELL:
        raise ValidationError(
            _("A cell in line %(line)s holds more than %(limit)s characters."),
            "long_cell",
            {"line": line, "limit": LONGEST_CELL},
        )
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(kept.split())


def _filled(
    lines: Iterable[tuple[int, tuple[str, ...]]],
) -> Iterator[tuple[int, tuple[str, ...]]]:
    return ((line, cells) for line, cells in lines if any(cells))
