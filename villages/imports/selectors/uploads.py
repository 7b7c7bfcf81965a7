"""Reading an uploaded list of villages."""

from dataclasses import dataclass

from desabinaan.lib.sheets.headings import Table, headed_table
from desabinaan.lib.sheets.reading import Workbook, workbook_of
from villages.imports.columns import WORDS
from villages.imports.models import VillageImport

SAMPLES = 2
SAMPLED_ROWS = 50


@dataclass(frozen=True, slots=True)
class UploadedList:
    """A readable upload: its bytes, its sheet, and its rows under headings."""

    filename: str
    content: bytes
    workbook: Workbook
    table: Table


def read_list(filename: str, content: bytes) -> UploadedList:
    """Read the list and guess its columns; ValidationError if it is unreadable."""
    workbook = workbook_of(content)
    table = headed_table(workbook, WORDS)
    return UploadedList(filename, content, workbook, table)


def column_samples(listed: VillageImport) -> dict[int, list[str]]:
    """Return the first different cells of each column, by its position."""
    if not listed.file:
        return {}
    with listed.file.open("rb") as file:
        table = headed_table(workbook_of(file.read()), WORDS)
    found: dict[int, list[str]] = {}
    for row in table.body[:SAMPLED_ROWS]:
        for place, cell in enumerate(row.cells):
            samples = found.setdefault(place, [])
            if cell and cell not in samples and len(samples) < SAMPLES:
                samples.append(cell[:40])
    return found
