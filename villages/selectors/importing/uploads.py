"""An uploaded list of villages, as far as reading alone can tell."""

from dataclasses import dataclass

from desabinaan.lib.workbooks import Table, Workbook, headed_table, workbook_of
from villages.selectors.importing.columns import WORDS


@dataclass(frozen=True, slots=True)
class UploadedList:
    """An upload that could be read: its bytes, what stands in it, its columns."""

    filename: str
    content: bytes
    workbook: Workbook
    table: Table


def read_list(filename: str, content: bytes) -> UploadedList:
    """The list with its columns as guessed; ValidationError says what is wrong."""
    workbook = workbook_of(content)
    table = headed_table(workbook, WORDS)
    return UploadedList(filename, content, workbook, table)
