"""What the pages of an uploaded list show: facts, tabs, and rows with labels."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.web.paging import PAGE_SIZE, Order, Page, keyset_page
from desabinaan.lib.web.tags import local_time
from desabinaan.uploads.forms.rows import ROW
from desabinaan.uploads.kinds import WRITES, ListKind
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.presenters.results import result_in_words
from desabinaan.uploads.selectors.uploads import RowCounts, count_rows, has_corrections
from desabinaan.uploads.sheets.remarks import remark_message
from desabinaan.uploads.workflow import UPLOAD, UPLOAD_BADGE_STYLES

CheckResult = UploadRow.CheckResult
Outcome = UploadRow.Outcome
SHOWN_UPLOADS = 20
#: the query parameter that narrows the rows to one check result
SHOWN = "tampil"
#: check result -> its value in the query string
QUERY_VALUES = {
    CheckResult.DOUBTFUL: "ragu",
    CheckResult.READY: "siap",
    CheckResult.KNOWN: "ada",
    CheckResult.SKIPPED: "lewat",
}
BADGE_STYLES = {
    CheckResult.DOUBTFUL: "waiting",
    CheckResult.READY: "done",
    CheckResult.KNOWN: "quiet",
    CheckResult.SKIPPED: "quiet",
}
ROW_FIELDS = (
    "id",
    "version",
    "line",
    "cells",
    "subject",
    "chosen",
    "question",
    "confidence",
    "candidates",
    "problems",
    "notes",
    "check_result",
    "outcome",
)


def latest_uploads(kind: ListKind[Any], uploads: Any) -> list[dict[str, Any]]:
    """Return the newest lists with the label and badge style of their status."""
    found = uploads.select_related("uploaded_by")[:SHOWN_UPLOADS]
    return [
        {
            "upload": upload,
            "url": kind.url("detail", upload.pk),
            "badge_style": UPLOAD_BADGE_STYLES[Upload.Status(upload.status)],
        }
        for upload in found
    ]


def page_of_rows(kind: ListKind[Any], upload: Upload, shown: str, cursor: str) -> Page:
    """Return a page of rows by line, narrowed to the check result in `shown`."""
    check_result = next(
        (one.value for one, value in QUERY_VALUES.items() if value == shown), ""
    )
    rows = UploadRow.objects.of(upload, check_result).values(*ROW_FIELDS)
    page = keyset_page(rows, Order("line"), cursor)
    return Page(_with_labels(kind, upload, page.rows), page.next_cursor)


def upload_page(kind: ListKind[Any], upload: Any, shown: str) -> dict[str, Any]:
    """Return the context of a list's page, without its rows."""
    counts = count_rows(upload)
    status = Upload.Status(upload.status)
    is_open = status in UPLOAD["edit"].sources
    return {
        "upload": upload,
        "counts": counts,
        "badge_style": UPLOAD_BADGE_STYLES[status],
        "facts": [*kind.facts(upload), *_facts(upload)],
        "remarks": remark_messages(upload),
        "tabs": _tabs(counts, shown),
        "choosing": shown == QUERY_VALUES[CheckResult.DOUBTFUL] and is_open,
        "is_open": is_open,
        "is_saving": status == Upload.Status.COMMITTING,
        "is_saved": status == Upload.Status.COMMITTED,
        "all_known": is_open and counts.known and not counts.ready + counts.doubtful,
        "doubtful_url": page_url(QUERY_VALUES[CheckResult.DOUBTFUL]),
        "commit_label": kind.commit_label(counts.ready),
        "saved_title": kind.saved_title(),
        "result": result_in_words(counts),
        "onward": kind.onward(upload),
        "seen": upload.latest_event,
        "urls": page_urls(kind, upload),
    }


def columns_page(kind: ListKind[Any], upload: Any) -> dict[str, Any]:
    """Return the context of the page that asks what each column means."""
    return {
        "title": _("Columns of %(file)s") % {"file": upload},
        "submit_label": _("Check the rows"),
        "cancel_url": kind.start_crumbs(upload)[-1][1],
        "remarks": remark_messages(upload),
        "urls": page_urls(kind, upload),
        "seen": upload.latest_event,
        "has_corrections": has_corrections(upload),
    }


def page_urls(kind: ListKind[Any], upload: Upload) -> dict[str, str]:
    """Return the addresses of the operations on a whole list, by their names."""
    names = ["detail", "choose", "skip_rest", "commit", "restart", "discard"]
    if kind.asks_columns:
        names.append("columns")
    return {name: kind.url(name, upload.pk) for name in names}


def remark_messages(upload: Upload) -> list[str]:
    """Return what is unusual about the file, one sentence each."""
    return [remark_message(key, details) for key, details in upload.remarks]


def row_context(kind: ListKind[Any], row: UploadRow) -> dict[str, Any]:
    """Return a row with its problems and notes as sentences."""
    names = kind.names_of({row.subject} - {""})
    return {
        "row": row,
        "subject": names.get(row.subject, ""),
        "problems": kind.in_words(row.problems),
        **notes_in_words(kind, row.notes, row.check_result),
        "is_skipped": row.check_result == CheckResult.SKIPPED,
        "skip_url": kind.url("row_skip", row.parent_id, row.pk),
        "restore_url": kind.url("row_restore", row.parent_id, row.pk),
    }


def is_tab(shown: str) -> bool:
    """Whether a page narrows the rows to this; "" shows all."""
    return shown in {"", *QUERY_VALUES.values()}


def page_url(shown: str, cursor: str = "") -> str:
    """Return the query string of a page of rows; the first page has no cursor."""
    asked = {name: value for name, value in ((SHOWN, shown), (CURSOR, cursor)) if value}
    return f"?{urlencode(asked)}"


def rows_to_choose(
    kind: ListKind[Any], upload: Upload, sent: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return candidates and answer of the doubtful rows that the sent form names."""
    numbers = [name.removeprefix(ROW) for name in sent if name.startswith(ROW)]
    wanted = [int(one) for one in numbers if one.isdecimal() and len(one) < 10]
    rows = UploadRow.objects.of(upload, CheckResult.DOUBTFUL)
    found = rows.filter(pk__in=wanted[:PAGE_SIZE])
    decided = found.values(
        "id", "line", "candidates", "chosen", "subject", "confidence"
    )
    names = kind.names_of({one for row in decided for one in row["candidates"]})
    return [
        row
        | {
            "selected": _selected(row),
            "choices": [(one, names.get(one, one)) for one in row["candidates"]],
        }
        for row in decided
    ]


def answers_in(sent: Mapping[str, Any]) -> int:
    """Count the rows for which the submitted form holds an answer."""
    return sum(name.startswith(ROW) and bool(value) for name, value in sent.items())


def rows_not_saved(
    upload: Upload, unsaved: Mapping[int, str], versions: Mapping[int, int]
) -> list[str]:
    """Return a line for each of the rows that is still in doubt, with its answer."""
    rows = UploadRow.objects.of(upload, CheckResult.DOUBTFUL).filter(pk__in=unsaved)
    lines = []
    for row in rows.select_related("changed_by"):
        line = _("line %(line)s") % {"line": row.line}
        if row.version != versions[row.pk] and row.changed_by:
            line = f"{line} ({row.changed_by})"
        answer = unsaved[row.pk]
        said = f"“{answer}”" if answer else _("your answer is no longer offered")
        lines.append(f"{line}: {said}")
    return lines


def notes_in_words(
    kind: ListKind[Any], remarks: Sequence[Sequence[Any]], check_result: str
) -> dict[str, Any]:
    """Return the notes as sentences, and what the row will write as one line.

    Of a row in doubt that is what is known of it already; a skipped row has none.
    """
    if check_result == CheckResult.SKIPPED:
        return {"notes": [], "writes": ""}
    changes = [one for one in remarks if one[0].startswith(WRITES)]
    notes = [one for one in remarks if one not in changes]
    is_written = check_result in {CheckResult.READY, CheckResult.DOUBTFUL}
    writes = " · ".join(kind.in_words(changes)) if is_written else ""
    if writes and check_result == CheckResult.DOUBTFUL:
        writes = _("Will be written: %(what)s") % {"what": writes}
    return {"notes": kind.in_words(notes), "writes": writes}


# --- Inside ------------------------------------------------------------------


def _facts(upload: Upload) -> list[tuple[str, object]]:
    return [
        (_("Uploaded by"), upload.uploaded_by or _("the console")),
        (_("Uploaded"), local_time(upload.uploaded_at)),
    ]


def _tabs(counts: RowCounts, shown: str) -> list[dict[str, object]]:
    tabs = [("", _("All rows"), counts.total)] + [
        (value, str(one.label), getattr(counts, one.value))
        for one, value in QUERY_VALUES.items()
    ]
    return [
        {
            "label": capfirst(label),
            "url": page_url(value),
            "current": value == shown,
            "count": count,
        }
        for value, label, count in tabs
    ]


def _with_labels(
    kind: ListKind[Any], upload: Upload, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the rows with texts; a question is asked at its first row only."""
    values = {value for row in rows for value in (row["subject"], *row["candidates"])}
    names = kind.names_of(values - {""})
    asked: set[str] = set()
    labelled = []
    for row in rows:
        is_asked_above = row["question"] in asked
        asked |= {row["question"]} - {""}
        labelled.append(
            row
            | {
                "typed": kind.typed(row["cells"]),
                "subject_name": names.get(row["subject"], ""),
                "problems": kind.in_words(row["problems"]),
                **notes_in_words(kind, row["notes"], row["check_result"]),
                "candidates": [
                    (one, names[one]) for one in row["candidates"] if one in names
                ],
                "selected": _selected(row),
                "is_asked_above": is_asked_above,
                "is_asked": bool(row["candidates"]) and not is_asked_above,
                "url": kind.url("row", upload.pk, row["id"]),
                "state": Outcome(row["outcome"]).label
                if row["outcome"] and row["check_result"] == CheckResult.READY
                else CheckResult(row["check_result"]).label,
                "badge_style": BADGE_STYLES[CheckResult(row["check_result"])],
            }
        )
    return labelled


def _selected(row: Mapping[str, Any]) -> str:
    """Return the candidate that is decided, though the row has other problems.

    A subject that was only compared by its name is none: it may be a wrong guess.
    """
    is_compared = row["confidence"] is not None
    decided = row["chosen"] or ("" if is_compared else row["subject"])
    return decided if decided in row["candidates"] else ""
