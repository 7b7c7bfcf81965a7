"""Numbers and rows of an uploaded list, and what its columns hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Q, QuerySet

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.workflow.seen import latest_event
from desabinaan.uploads.kinds import ListKind, U
from desabinaan.uploads.models import Upload, UploadEvent, UploadRow
from desabinaan.uploads.querysets import UploadRowQuerySet
from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.reading import Workbook, workbook_from_json

#: ending of the file with the rows as they were read
READ = ".json"
SAMPLES = 3
SAMPLED_ROWS = 50


@dataclass(frozen=True, slots=True)
class UploadedTable:
    """A readable upload: its rows as they were read, and those under headings."""

    filename: str
    workbook: Workbook
    table: Table


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Numbers of rows of a list, by check result, and by outcome of the ready ones."""

    total: int
    ready: int
    known: int
    doubtful: int
    skipped: int
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ColumnContents:
    """What the page of the columns shows, read from the stored file.

    `samples` are the first different cells of each column by its position, `suggested`
    the column that a heading may mean. `has_gaps` says that a cell is blank below a
    filled one in a column where blank cells may repeat it. `unclear` are positions to
    be asked about, `first_row` the headings of which it is not sure that they are any.
    """

    samples: Mapping[int, Sequence[str]]
    suggested: Mapping[int, str]
    has_gaps: bool
    unclear: Sequence[int] = ()
    first_row: Sequence[str] = ()


def read_upload(
    kind: ListKind[Any], filename: str, content: bytes, *, is_pasted: bool = False
) -> UploadedTable:
    """Read the list and guess its columns; ValidationError if it is unreadable."""
    workbook = kind.workbook_in(content, is_pasted=is_pasted)
    return UploadedTable(filename, workbook, kind.table_of(workbook))


def stored_table(kind: ListKind[Any], upload: Upload) -> Table | None:
    """Return the table of the stored rows; None once they are deleted."""
    if not upload.file:
        return None
    with upload.file.open("rb") as file:
        content = file.read()
    name = str(upload.file.name)
    if name.endswith(READ):
        workbook = workbook_from_json(content)
    else:  # stored as it was brought, by an earlier version
        workbook = kind.workbook_in(content, is_pasted=name.endswith(".txt"))
    return kind.table_of(workbook, upload.is_headed)


def column_contents(kind: ListKind[Any], upload: Upload) -> ColumnContents:
    table = stored_table(kind, upload)
    if table is None:
        return ColumnContents({}, {}, False)
    samples: dict[int, list[str]] = {}
    for row in table.body[:SAMPLED_ROWS]:
        for place, cell in enumerate(row.cells):
            shown = samples.setdefault(place, [])
            if cell and cell not in shown and len(shown) < SAMPLES:
                shown.append(cell)
    above: dict[str, str] = {}
    rows = table.with_columns(upload.columns).rows
    return ColumnContents(
        samples=samples,
        suggested=table.suggested,
        has_gaps=any(left_blank(row.cells, above, kind.repeating) for row in rows),
        unclear=table.unclear,
        first_row=table.headings if table.is_headed is None else (),
    )


def left_blank(
    cells: Mapping[str, str], above: dict[str, str], columns: Sequence[str]
) -> dict[str, str]:
    """Return what the row leaves blank in these columns but earlier rows said.

    `above` holds what they said, and is brought up to date. The columns are given from
    the outer one: a new regency says that the district above does not count any more.
    """
    said = {
        name: cells[name] for name in columns if not says_nothing(cells.get(name, ""))
    }
    outermost = next((at for at, name in enumerate(columns) if name in said), None)
    if outermost is not None:
        for name in columns[outermost + 1 :]:
            above.pop(name, None)
    above.update(said)
    return {name: above[name] for name in columns if name in above and name not in said}


def with_latest_event(lists: QuerySet[U]) -> QuerySet[U]:
    """Return the lists with their `latest_event`: what is read later is not older."""
    latest = latest_event(UploadEvent.objects, "parent")
    found: QuerySet[U] = cast(Any, lists).annotate(latest_event=latest)
    return found


def keeps_rows(upload: Upload, columns: Mapping[str, int], fills_down: bool) -> bool:
    """Return whether the rows that are there were read by just these columns."""
    same = (columns, fills_down) == (upload.columns, upload.fills_down)
    return same and upload.rows.exists()


def has_corrections(upload: Upload) -> bool:
    """Return whether somebody has corrected, answered or skipped a row."""
    return upload.rows.filter(version__gt=1).exists()


def has_doubtful_rows(upload: Upload) -> bool:
    return UploadRow.objects.of(upload, UploadRow.CheckResult.DOUBTFUL).exists()


def count_rows(upload: Upload) -> RowCounts:
    check_results = {
        one.value: Count("pk", filter=Q(check_result=one))
        for one in UploadRow.CheckResult
    }
    outcomes = {
        one.value: Count("pk", filter=Q(outcome=one, check_result="ready"))
        for one in UploadRow.Outcome
    }
    return RowCounts(
        **upload.rows.aggregate(total=Count("pk"), **check_results, **outcomes)
    )


def rows_alike(row: UploadRow) -> UploadRowQuerySet:
    """Return the other rows in doubt that ask the same question."""
    doubtful = UploadRow.objects.of(row.parent, UploadRow.CheckResult.DOUBTFUL)
    if not row.question:
        return doubtful.none()
    return doubtful.filter(question=row.question).exclude(pk=row.pk)


def next_doubtful_row(row: UploadRow) -> UploadRow | None:
    """Return the next row in doubt after this one, else the first of the list."""
    doubtful = UploadRow.objects.of(row.parent, UploadRow.CheckResult.DOUBTFUL)
    return doubtful.filter(line__gt=row.line).first() or doubtful.first()
