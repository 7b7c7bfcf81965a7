"""Rows as every reader returns them, and the limits for all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

MOST_ROWS = 20_000
#: up to column IV; forms on phones export several hundred questions at most
MOST_COLUMNS = 256
#: what a cell of a row may hold; a longer one is asked about
LONGEST_CELL = 2_000
#: a list with a still longer cell is refused
LONGEST_READ = 20_000
#: column ZZZ: letters end there, a line of a text file does not
LAST_LETTERS = 18_278

#: the headings of a table are among the first lines of its sheet
FIRST_ROWS = 60

#: key of a remark, and the values of its sentence; a value that is itself a text to
#: be read is kept as language -> text
Remark: TypeAlias = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet, counted from 1 as the spreadsheet program shows it."""

    line: int
    cells: tuple[str, ...]


#: from the first rows of each sheet to the place of the sheet to read
ChooseSheet: TypeAlias = Callable[[Sequence[Sequence[SheetRow]]], int]


@dataclass(frozen=True, slots=True)
class JoinedArea:
    """Cells of one column shown as one; lines and columns count from 1."""

    column: int
    first: int
    last: int


@dataclass(slots=True)
class SheetContent:
    rows: list[SheetRow]
    remarks: list[Remark] = field(default_factory=list)
    joined: frozenset[JoinedArea] = frozenset()
    #: of each visible sheet, where one of several has to be chosen
    first_rows: list[list[SheetRow]] = field(default_factory=list)


def gathered(
    lines: Iterable[tuple[int, tuple[str, ...]]], most_rows: int
) -> list[SheetRow]:
    """Return the lines that are not blank; ValidationError if there are too many."""
    rows: list[SheetRow] = []
    for line, cells in lines:
        if not any(cells):
            continue
        if len(rows) == most_rows:
            raise ValidationError(
                _(
                    "The sheet has more than %(limit)s filled rows, which is the "
                    "limit. Split it, for example by regency, and send the parts."
                ),
                "too_many_rows",
                {"limit": number_format(most_rows, force_grouping=True)},
            )
        rows.append(SheetRow(line, cells))
    return rows


def trimmed(cells: Sequence[str], line: int) -> tuple[str, ...]:
    """Return the cells up to the last filled one; ValidationError if it is too far."""
    filled = len(cells)
    while filled and not cells[filled - 1].strip():
        filled -= 1
    if filled > MOST_COLUMNS:
        raise ValidationError(
            _(
                "Line %(line)s is filled up to column %(column)s, but only columns up "
                "to %(last)s can be read. Delete columns that the list does not need."
            ),
            "too_many_columns",
            {
                "line": line,
                "column": get_column_letter(min(filled, LAST_LETTERS)),
                "last": get_column_letter(MOST_COLUMNS),
            },
        )
    return tuple(cells[:filled])


def cell_of(cells: Sequence[str], place: int) -> str:
    """Return the cell, or "" beyond the last filled one of the line."""
    return cells[place] if place < len(cells) else ""


def plain(text: str, line: int, place: int) -> str:
    """Return the cell trimmed, without line breaks and unprintable characters."""
    if len(text) > LONGEST_READ:
        raise ValidationError(
            _(
                "The cell in line %(line)s, column %(column)s has more than %(limit)s "
                "characters. Shorten it."
            ),
            "long_cell",
            {
                "line": line,
                "column": get_column_letter(place + 1),
                "limit": number_format(LONGEST_READ, force_grouping=True),
            },
        )
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())
