"""Reading an uploaded list of villages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.uploads.sheets.headings import Table, table_in
from villages.imports.columns import WORDS
from villages.imports.models import VillageImport

#: columns whose blank cells may repeat the cell above
AROUND = ("regency", "district")
SAMPLES = 3
SAMPLED_ROWS = 50


@dataclass(frozen=True, slots=True)
class UploadedList:
    """A readable upload: its bytes, and its rows under headings."""

    filename: str
    content: bytes
    table: Table


def read_list(filename: str, content: bytes) -> UploadedList:
    """Read the list and guess its columns; ValidationError if it is unreadable."""
    return UploadedList(filename, content, table_in(content, WORDS))


@dataclass(frozen=True, slots=True)
class ColumnContents:
    """What the page of the columns shows, read from the stored file.

    `samples` are the first different cells of each column by its position, `suggested`
    the column that a heading may mean. `has_gaps` says that a district or a regency is
    blank below a filled one.
    """

    samples: Mapping[int, Sequence[str]]
    suggested: Mapping[int, str]
    has_gaps: bool


def column_contents(listed: VillageImport) -> ColumnContents:
    if not listed.file:
        return ColumnContents({}, {}, False)
    with listed.file.open("rb") as file:
        table = table_in(file.read(), WORDS)
    samples: dict[int, list[str]] = {}
    for row in table.body[:SAMPLED_ROWS]:
        for place, cell in enumerate(row.cells):
            shown = samples.setdefault(place, [])
            if cell and cell[:40] not in shown and len(shown) < SAMPLES:
                shown.append(cell[:40])
    above: dict[str, str] = {}
    has_gaps = any(left_blank(row.cells, above) for row in table.rows)
    return ColumnContents(samples, table.suggested, has_gaps)


def left_blank(cells: Mapping[str, str], above: dict[str, str]) -> dict[str, str]:
    """Return what the row leaves blank of district and regency but earlier rows said.

    `above` holds what they said, and is brought up to date.
    """
    said = {
        name: cells[name] for name in AROUND if not says_nothing(cells.get(name, ""))
    }
    if "regency" in said:
        above.pop("district", None)  # it lies in another regency
    above.update(said)
    return {name: above[name] for name in AROUND if name in above and name not in said}
