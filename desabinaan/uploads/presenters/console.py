"""An uploaded list as lines of text: the same that its pages show."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from desabinaan.uploads.kinds import ListKind
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.presenters.pages import remark_messages
from desabinaan.uploads.sheets.headings import Table


def columns_in_words(
    kind: ListKind[Any], upload: Upload, table: Table
) -> Iterator[str]:
    """Yield a line per column: what it was understood as, or that it is not used."""
    meant = {place: name for name, place in upload.columns.items()}
    for place, heading in enumerate(table.headings):
        if place in meant:
            label = kind.columns[meant[place]].label
            details = {"heading": heading, "column": label}
            yield _("“%(heading)s” is %(column)s.") % details
        elif place in table.suggested:
            name = table.suggested[place]
            details = {
                "heading": heading,
                "column": kind.columns[name].label,
                "option": f'--column "{heading}={name}"',
            }
            yield (
                _("“%(heading)s” is not used. If it is %(column)s, add %(option)s.")
                % details
            )
        elif heading:
            yield _("“%(heading)s” is not used.") % {"heading": heading}
    yield from remark_messages(upload)


def rows_in_words(kind: ListKind[Any], rows: Iterable[UploadRow]) -> Iterator[str]:
    """Yield a line per row: its problems, its notes and what saving it writes."""
    for row in rows:
        words = [*kind.in_words(row.problems), *kind.in_words(row.notes)]
        details = {
            "line": row.line,
            "typed": kind.typed(row.cells),
            "state": row.get_check_result_display(),
            "remarks": " ".join(words),
        }
        yield _("Line %(line)s, %(typed)s: %(state)s. %(remarks)s") % details
