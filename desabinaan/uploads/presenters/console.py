"""An uploaded list as lines of text: the same that its pages show."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.uploads.kinds import ListKind
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.presenters.pages import notes_in_words, remark_messages
from desabinaan.uploads.sheets.headings import Table

#: sentences that on a page point to another page
CONSOLE_SENTENCES = {
    "blank_below": gettext_lazy(
        "A cell is blank below “%(above)s”. If blank cells repeat the cell above, add "
        "--fill-down; else fill in the cell."
    )
}
#: for so many rows the names are read together
NAMED_TOGETHER = 500


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


def rows_in_words(kind: ListKind[Any], upload: Upload) -> Iterator[str]:
    """Yield a line per row, in their order: all that its page shows."""
    count = upload.rows.count()
    for first in range(0, count, NAMED_TOGETHER):
        rows = list(upload.rows.all()[first : first + NAMED_TOGETHER])
        codes = {one for row in rows for one in (row.subject, *row.candidates)}
        names = kind.names_of(codes - {""})
        for row in rows:
            details = {
                "line": row.line,
                "typed": kind.typed(row.cells),
                "state": row.get_check_result_display(),
                "remarks": " ".join(_remarks(kind, row, names)),
            }
            yield _("Line %(line)s, %(typed)s: %(state)s. %(remarks)s") % details


# --- Inside ------------------------------------------------------------------


def _remarks(
    kind: ListKind[Any], row: UploadRow, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield what the row was understood as, what is asked, and what saving writes."""
    if row.subject in names:
        yield _understood(names[row.subject], row.confidence)
    for key, details in row.problems:
        sentence = CONSOLE_SENTENCES.get(key)
        yield str(sentence) % details if sentence else kind.sentence(key, details)
    offered = [names[one] for one in row.candidates if one in names]
    if offered:
        yield _("It may be: %(names)s.") % {"names": "; ".join(offered)}
    shown = notes_in_words(kind, row.notes, row.check_result)
    yield from [*shown["notes"], shown["writes"]]


def _understood(name: str, confidence: int | None) -> str:
    if confidence is None:
        return _("Understood as %(name)s.") % {"name": name}
    details = {"name": name, "confidence": confidence}
    return _("Understood as %(name)s, match %(confidence)s%%.") % details
