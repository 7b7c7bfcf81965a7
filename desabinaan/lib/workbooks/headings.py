"""Where the headings stand, and which column each of them means.

Lists begin with titles and emblems, join heading cells ("SK Penetapan" above
"Nomor" and "Tanggal"), and number their columns in a row of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desabinaan.lib.workbooks.reading import Workbook
from desabinaan.lib.workbooks.rows import Row

#: column -> the words that may stand above it, the most usual first
Words: TypeAlias = Mapping[str, Sequence[str]]
HEADING_WITHIN = 25
NUMBERED = re.compile(r"\(?\d{1,2}\)?\.?")


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A line of the sheet: the known columns, and every cell as it stood."""

    line: int
    cells: Mapping[str, str]
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`headings` by place, `columns` the place of each known column."""

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    body: Sequence[Row]

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
        """The same table after somebody corrected which column means what."""
        return Table(self.headings, columns, self.body)


def headed_table(workbook: Workbook, words: Words) -> Table:
    """The table under its headings; ValidationError when no heading is known."""
    known = {folded(word): name for name, list_ in words.items() for word in list_}
    best = max(
        _readings(workbook.rows),
        key=lambda one: (len(_columns(one.headings, known)), -one.storeys, -one.first),
    )
    columns = _columns(best.headings, known)
    if not columns:
        raise ValidationError(
            _(
                "We found no row of headings, such as “%(first)s”. "
                "Use the template, or write headings into the first row."
            ),
            "no_headings",
            {"first": "”, “".join(list_[0].title() for list_ in _some(words))},
        )
    body = workbook.rows[best.first + best.storeys :]
    return Table(best.headings, columns, _unnumbered(body))


def folded(text: str) -> str:
    """Small letters and digits, words apart by one space."""
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()


# --- Finding -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the top: headings from row `first` on, one or two storeys."""

    headings: tuple[str, ...]
    first: int
    storeys: int


def _readings(rows: Sequence[Row]) -> list[_Reading]:
    found = []
    for first, row in enumerate(rows[:HEADING_WITHIN]):
        found.append(_Reading(row.cells, first, 1))
        if first + 1 < len(rows):
            both = _joined(row.cells, rows[first + 1].cells)
            found.append(_Reading(both, first, 2))
    return found


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two storeys as one: a joined cell above stands over all the cells below it."""
    width = max(len(upper), len(lower))
    headings, above = [], ""
    for place in range(width):
        top, bottom = _cell(upper, place), _cell(lower, place)
        above = top or (above if bottom else "")
        headings.append(f"{above} {bottom}".strip())
    return tuple(headings)


def _columns(headings: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Column -> place; a heading word for word goes before one that merely holds it."""
    found: dict[str, int] = {}
    plain = [folded(heading) for heading in headings]
    for place, heading in enumerate(plain):
        if heading in known:
            found.setdefault(known[heading], place)
    taken = set(found.values())
    for place, heading in enumerate(plain):
        name = _held(heading, known)
        if place not in taken and name and name not in found:
            found[name] = place
    return found


def _held(heading: str, known: Mapping[str, str]) -> str:
    """The column whose longest words all stand in the heading; "" when none do."""
    words = set(heading.split())
    fitting = [phrase for phrase in known if phrase and set(phrase.split()) <= words]
    longest = max(fitting, key=lambda phrase: len(phrase.split()), default="")
    return known.get(longest, "")


def _unnumbered(body: Sequence[Row]) -> Sequence[Row]:
    """Without the row that numbers the columns: (1) (2) (3)."""
    if not body:
        return body
    cells = [cell for cell in body[0].cells if cell]
    numbers = [int(re.sub(r"\D", "", one)) for one in cells if NUMBERED.fullmatch(one)]
    counts_up = numbers == list(range(1, len(cells) + 1)) and len(cells) > 2
    return body[1:] if counts_up else body


def _some(words: Words) -> list[Sequence[str]]:
    return list(words.values())[:3]


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
