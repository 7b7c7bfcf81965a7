"""An import as lines of text: the same that its pages show."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from desabinaan.uploads.sheets.headings import Table
from villages.imports.columns import COLUMNS
from villages.imports.messages import in_words
from villages.imports.models import VillageImport, VillageImportRow
from villages.imports.presenters.pages import cells_text, remark_messages


def columns_in_words(listed: VillageImport, table: Table) -> Iterator[str]:
    """Yield a line per column: what it was understood as, or that it is not used."""
    meant = {place: name for name, place in listed.columns.items()}
    for place, heading in enumerate(table.headings):
        if place in meant:
            details = {"heading": heading, "column": COLUMNS[meant[place]].label}
            yield _("“%(heading)s” is %(column)s.") % details
        elif place in table.suggested:
            name = table.suggested[place]
            details = {
                "heading": heading,
                "column": COLUMNS[name].label,
                "option": f'--column "{heading}={name}"',
            }
            yield (
                _("“%(heading)s” is not used. If it is %(column)s, add %(option)s.")
                % details
            )
        elif heading:
            yield _("“%(heading)s” is not used.") % {"heading": heading}
    yield from remark_messages(listed)


def rows_in_words(rows: Iterable[VillageImportRow]) -> Iterator[str]:
    """Yield a line per row: its problems, its notes and what saving it writes."""
    for row in rows:
        words = [*in_words(row.problems), *in_words(row.notes)]
        details = {
            "line": row.line,
            "typed": cells_text(row.cells),
            "state": row.get_check_result_display(),
            "remarks": " ".join(words),
        }
        yield _("Line %(line)s, %(typed)s: %(state)s. %(remarks)s") % details
