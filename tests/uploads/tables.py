"""Tables below their headings, as every kind of list with headings reads them."""

from desabinaan.uploads.sheets.headings import (
    Table,
    Words,
    headed_table,
    workbook_with,
)


def table_in(content: bytes, words: Words) -> Table:
    return headed_table(workbook_with(words, content), words)
