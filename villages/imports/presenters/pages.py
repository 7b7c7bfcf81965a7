"""What the pages of an import show: facts, tabs, and rows with labels."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.sheets.columns import Column, Sheet
from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.web.paging import PAGE_SIZE, Order, Page, keyset_page
from desabinaan.lib.web.tags import wib
from desabinaan.uploads.sheets.remarks import remark_message
from villages.imports.columns import COLUMNS
from villages.imports.messages import in_words
from villages.imports.models import VillageImport, VillageImportRow
from villages.imports.selectors.changes import WRITES
from villages.imports.selectors.imports import (
    ImportCounts,
    count_rows,
    imports_for,
    names_of_villages,
)
from villages.imports.workflow import VILLAGE_IMPORT, VILLAGE_IMPORT_BADGE_STYLES

CheckResult = VillageImportRow.CheckResult
Outcome = VillageImportRow.Outcome
SHOWN_IMPORTS = 20
#: the query parameter that narrows the rows to one check result
SHOWN = "tampil"
NAMES = ("code", "ministry_code", "village", "district", "regency")
#: check result -> its value in the query string
QUERY_VALUES = {
    CheckResult.DOUBTFUL: "ragu",
    CheckResult.READY: "siap",
    CheckResult.SKIPPED: "lewat",
}
BADGE_STYLES = {
    CheckResult.DOUBTFUL: "waiting",
    CheckResult.READY: "done",
    CheckResult.SKIPPED: "quiet",
}
ROW = (
    "id",
    "line",
    "cells",
    "region_id",
    "region__name",
    "region__parent__name",
    "confidence",
    "candidates",
    "problems",
    "notes",
    "check_result",
    "outcome",
)


def latest_imports(user: Actor) -> list[dict[str, Any]]:
    """Return the newest imports with the label and badge style of their status."""
    return [
        {
            "listed": listed,
            "badge_style": VILLAGE_IMPORT_BADGE_STYLES[
                VillageImport.Status(listed.status)
            ],
            "state": listed.get_status_display(),
        }
        for listed in imports_for(user)[:SHOWN_IMPORTS]
    ]


def page_of_rows(listed: VillageImport, shown: str, cursor: str) -> Page:
    """Return a page of rows by line, narrowed to the check result in `shown`."""
    check_result = next(
        (one.value for one, value in QUERY_VALUES.items() if value == shown), ""
    )
    rows = VillageImportRow.objects.of(listed, check_result).values(*ROW)
    page = keyset_page(rows, Order("line"), cursor)
    return Page(_with_labels(page.rows), page.next_cursor)


def import_page(listed: VillageImport, shown: str) -> dict[str, Any]:
    """Return the context of an import's page, without its rows."""
    counts = count_rows(listed)
    status = VillageImport.Status(listed.status)
    is_open = status in VILLAGE_IMPORT["edit"].sources
    return {
        "listed": listed,
        "counts": counts,
        "badge_style": VILLAGE_IMPORT_BADGE_STYLES[status],
        "facts": _facts(listed),
        "remarks": remark_messages(listed),
        "tabs": _tabs(counts, shown),
        "choosing": shown == QUERY_VALUES[CheckResult.DOUBTFUL] and is_open,
        "is_open": is_open,
        "is_saving": status == VillageImport.Status.COMMITTING,
        "is_saved": status == VillageImport.Status.COMMITTED,
        "doubtful_url": page_url(QUERY_VALUES[CheckResult.DOUBTFUL]),
    }


def remark_messages(listed: VillageImport) -> list[str]:
    """Return what is unusual about the file, one sentence each."""
    return [remark_message(key, details) for key, details in listed.remarks]


def row_context(row: VillageImportRow) -> dict[str, Any]:
    """Return a row with its problems and notes as sentences."""
    return {
        "row": row,
        "listed": row.parent,
        "problems": in_words(row.problems),
        **_notes(row.notes, row.check_result),
        "is_skipped": row.check_result == CheckResult.SKIPPED,
    }


def page_url(shown: str, cursor: str = "") -> str:
    """Return the query string of a page of rows; the first page has no cursor."""
    asked = {name: value for name, value in ((SHOWN, shown), (CURSOR, cursor)) if value}
    return f"?{urlencode(asked)}"


def becomes(designates: bool) -> str:
    """Return what the rows of a list become in the register."""
    if designates:
        return _("designated villages, if a decree is given")
    return _("proposals to the Kanwil")


def columns_in_order(listed: VillageImport) -> list[str]:
    """Return the columns of this list, and those that can identify a village."""
    return [name for name in COLUMNS if name in listed.columns or name in NAMES]


def rows_to_choose(
    listed: VillageImport, sent: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the doubtful rows that the submitted form names, with candidates."""
    numbers = [
        name.removeprefix("baris-") for name in sent if name.startswith("baris-")
    ]
    wanted = [int(one) for one in numbers if one.isdecimal() and len(one) < 10]
    rows = VillageImportRow.objects.of(listed, CheckResult.DOUBTFUL)
    return _with_labels(list(rows.filter(pk__in=wanted[:PAGE_SIZE]).values(*ROW)))


def answers_in(sent: Mapping[str, Any]) -> int:
    """Count the rows for which the submitted form holds an answer."""
    return sum(
        name.startswith("baris-") and bool(value) for name, value in sent.items()
    )


def village_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return code and full name of the villages to choose from."""
    names = _full_names(codes)
    return [(code, names[code]) for code in codes if code in names]


def template_sheet() -> Sheet:
    """Return an empty list with its headings, to be filled in."""
    return Sheet(
        "templat-desa-binaan",
        _("List of fostered villages"),
        [
            Column(str(known.label), lambda _row: "", 18)
            for name, known in COLUMNS.items()
            if name != "code"  # the other column of codes says whose they are
        ],
        (),
    )


def cells_text(cells: Mapping[str, str]) -> str:
    """Return the village of a row as the list names it."""
    parts = (cells.get(name, "") for name in ("village", "district", "regency"))
    return ", ".join(part for part in parts if part) or cells.get("code", "–")


# --- Inside ------------------------------------------------------------------


def _full_names(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name with district, regency and code, in one query."""
    return {
        code: f"{name}, {district}, {regency} ({code})"
        for code, name, district, regency in names_of_villages(codes)
    }


def _facts(listed: VillageImport) -> list[tuple[str, object]]:
    return [
        (_("Office"), listed.office.short_name),
        (_("Uploaded by"), listed.uploaded_by or _("the console")),
        (_("Uploaded"), wib(listed.uploaded_at)),
        (_("Becomes"), becomes(listed.designates)),
    ]


def _tabs(counts: ImportCounts, shown: str) -> list[dict[str, object]]:
    tabs = [
        ("", _("All rows"), counts.total),
        (
            QUERY_VALUES[CheckResult.DOUBTFUL],
            CheckResult.DOUBTFUL.label,
            counts.doubtful,
        ),
        (QUERY_VALUES[CheckResult.READY], CheckResult.READY.label, counts.ready),
        (QUERY_VALUES[CheckResult.SKIPPED], CheckResult.SKIPPED.label, counts.skipped),
    ]
    current = shown if shown in QUERY_VALUES.values() else ""
    return [
        {
            "label": capfirst(str(label)),
            "url": page_url(value),
            "current": value == current,
            "count": count,
        }
        for value, label, count in tabs
    ]


def _with_labels(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = _full_names(code for row in rows for code in row["candidates"])
    return [
        row
        | {
            "typed": cells_text(row["cells"]),
            "problems": in_words(row["problems"]),
            **_notes(row["notes"], row["check_result"]),
            "candidates": [
                (code, names[code]) for code in row["candidates"] if code in names
            ],
            "state": Outcome(row["outcome"]).label
            if row["outcome"]
            else CheckResult(row["check_result"]).label,
            "badge_style": BADGE_STYLES[CheckResult(row["check_result"])],
        }
        for row in rows
    ]


def _notes(remarks: Sequence[Sequence[Any]], check_result: str) -> dict[str, Any]:
    """Return the notes as sentences, and what a ready row will write as one line."""
    changes = [one for one in remarks if one[0].startswith(WRITES)]
    notes = [one for one in remarks if one not in changes]
    writes = changes if check_result == CheckResult.READY else []
    return {"notes": in_words(notes), "writes": " · ".join(in_words(writes))}
