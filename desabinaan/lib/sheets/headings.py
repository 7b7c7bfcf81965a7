"""Find the headings of a list and the column that each of them means.

Lists begin with titles and emblems, join heading cells ("SK Penetapan" above
"Nomor" and "Tanggal"), and number their columns in a row of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desabinaan.lib.sheets.reading import Workbook
from desabinaan.lib.sheets.rows import SheetRow
from desabinaan.lib.text.folding import folded

#: column -> the headings it may have, the most usual first
Words: TypeAlias = Mapping[str, Sequence[str]]
HEADING_WITHIN = 25
NUMBERED = re.compile(r"\(?\d{1,2}\)?\.?")


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A line of the sheet: the known columns, and every cell as it was."""

    line: int
    cells: Mapping[str, str]
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`headings` by position, `columns` the position of each known column."""

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    body: Sequence[SheetRow]

    @property
    def rows(self) -> list[HeadedRow]:
        return [
            HeadedRow(
                row.line,
                {name: _cell(row.cells, at) for name, at in self.columns.items()},
                row.cells,
            )
            for row in self.body
        ]

    def with_columns(self, columns: Mapping[str, int]) -> "Table":
        """Return the same table with columns that the user corrected."""
        return Table(self.headings, columns, self.body)


def headed_table(workbook: Workbook, words: Words) -> Table:
    """Return the table below its headings; ValidationError if none is known."""
    known = {folded(word): name for name, list_ in words.items() for word in list_}
    best = max(
        _readings(workbook.rows),
        key=lambda one: (
            len(_columns(one.headings, known)),
            -one.header_rows,
            -one.first,
        ),
    )
    columns = _columns(best.headings, known)
    if not columns:
        raise ValidationError(
            _(
                "No row of headings was found, such as “%(first)s”. Use the template, "
                "or write headings into the first row."
            ),
            "no_headings",
            {
                "first": "”, “".join(
                    list_[0].title() for list_ in list(words.values())[:3]
                )
            },
        )
    body = workbook.rows[best.first + best.header_rows :]
    return Table(best.headings, columns, _unnumbered(body))


# --- Finding -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the top: one or two rows of headings from row `first` on."""

    headings: tuple[str, ...]
    first: int
    header_rows: int


def _readings(rows: Sequence[SheetRow]) -> list[_Reading]:
    found = []
    for first, row in enumerate(rows[:HEADING_WITHIN]):
        found.append(_Reading(row.cells, first, 1))
        if first + 1 < len(rows):
            both = _joined(row.cells, rows[first + 1].cells)
            found.append(_Reading(both, first, 2))
    return found


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Join two rows of headings: an upper joined cell belongs to all cells below it."""
    width = max(len(upper), len(lower))
    headings, above = [], ""
    for place in range(width):
        top, bottom = _cell(upper, place), _cell(lower, place)
        above = top or (above if bottom else "")
        headings.append(f"{above} {bottom}".strip())
    return tuple(headings)


def _columns(headings: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Return column -> position; exact headings go before those with more words."""
    found: dict[str, int] = {}
    plain = [folded(heading) for heading in headings]
    for place, heading in enumerate(plain):
        if heading in known:
            found.setdefault(known[heading], place)
    taken = set(found.values())
    for place, heading in enumerate(plain):
        name = _column_in(heading, known)
        if place not in taken and name and name not in found:
            found[name] = place
    return found


def _column_in(heading: str, known: Mapping[str, str]) -> str:
    """Return the column with the most words, all in the heading; "" if none."""
    words = set(heading.split())
    fitting = [phrase for phrase in known if phrase and set(phrase.split()) <= words]
    longest = max(fitting, key=lambda phrase: len(phrase.split()), default="")
    return known.get(longest, "")


def _unnumbered(body: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """Skip the row that numbers the columns: (1) (2) (3)."""
    if not body:
        return body
    cells = [cell for cell in body[0].cells if cell]
    numbers = [int(re.sub(r"\D", "", one)) for one in cells if NUMBERED.fullmatch(one)]
    counts_up = numbers == list(range(1, len(cells) + 1)) and len(cells) > 2
    return body[1:] if counts_up else body


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
