"""What the pages of an import show: lists, rows as plain values, counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.exports import Column, Sheet
from desabinaan.lib.listing import CURSOR
from desabinaan.lib.paging import PAGE_SIZE, Order, Page, keyset_page
from desabinaan.lib.templatetags.portal import wib
from desabinaan.lib.transitions import step
from desabinaan.lib.workbooks import headed_table, remark_told, workbook_of
from villages.models import Office, Region, VillageImport, VillageImportRow
from villages.selectors.importing.columns import COLUMNS
from villages.selectors.importing.columns import WORDS as IMPORT_WORDS
from villages.selectors.importing.telling import WRITES
from villages.selectors.importing.words import in_words
from villages.standing import standing_of
from villages.workflow import VILLAGE_IMPORT, VILLAGE_IMPORT_TONES

Verdict = VillageImportRow.Verdict
Outcome = VillageImportRow.Outcome
SHOWN_IMPORTS = 20
#: the parameter of the address that narrows the rows
SHOWN = "tampil"
SAMPLES = 2
SAMPLED = 50
NAMES = ("code", "village", "district", "regency")
#: verdict -> its word in the address, and its tone
WORDS = {Verdict.DOUBTFUL: "ragu", Verdict.READY: "siap", Verdict.LEFT_OUT: "lewat"}
TONES = {Verdict.DOUBTFUL: "waiting", Verdict.READY: "done", Verdict.LEFT_OUT: "quiet"}
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
    "verdict",
    "outcome",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of an import there are, by verdict and by what became of them."""

    total: int
    ready: int
    doubtful: int
    left_out: int
    added: int
    changed: int
    unchanged: int


def importing_offices(user: Actor) -> QuerySet[Office]:
    """Where this user may import: the own posts, no Kanim's of the Kanwil's."""
    standing = standing_of(user)
    allowed = set(standing.offices("village.import")) & standing.posts
    return Office.objects.filter(pk__in=allowed).order_by("kind", "short_name")


def imports_for(user: Actor) -> QuerySet[VillageImport]:
    """The lists this user may look over and take into the register."""
    return VillageImport.objects.visible_to(user).select_related(
        "office", "uploaded_by"
    )


def latest_imports(user: Actor) -> list[dict[str, Any]]:
    """The newest lists as lines, with state and tone."""
    return [
        {
            "listed": listed,
            "tone": VILLAGE_IMPORT_TONES[VillageImport.Status(listed.status)],
            "state": listed.get_status_display(),
        }
        for listed in imports_for(user)[:SHOWN_IMPORTS]
    ]


def counts_of(listed: VillageImport) -> Counts:
    verdicts = {
        verdict.value: Count("pk", filter=Q(verdict=verdict)) for verdict in Verdict
    }
    outcomes = {
        outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome
    }
    return Counts(**listed.rows.aggregate(total=Count("pk"), **verdicts, **outcomes))


def page_of_rows(listed: VillageImport, word: str, cursor: str) -> Page:
    """Rows by line, of one verdict when `word` names it, as the pages show them."""
    verdict = next((one.value for one, name in WORDS.items() if name == word), "")
    rows = VillageImportRow.objects.of(listed, verdict).values(*ROW)
    page = keyset_page(rows, Order("line"), cursor)
    return Page(_dressed(page.rows), page.next_cursor)


def import_page(listed: VillageImport, word: str) -> dict[str, Any]:
    """Title, facts, tabs and buttons of an import, by the state it is in."""
    counts = counts_of(listed)
    state = VillageImport.Status(listed.status)
    return {
        "listed": listed,
        "counts": counts,
        "tone": VILLAGE_IMPORT_TONES[state],
        "facts": _facts(listed),
        "remarks": remarks_told(listed),
        "tabs": _tabs(counts, word),
        "choosing": word == WORDS[Verdict.DOUBTFUL] and _is_open(state),
        "is_open": _is_open(state),
        "is_applying": state == VillageImport.Status.APPLYING,
        "is_applied": state == VillageImport.Status.APPLIED,
        "is_discarded": state == VillageImport.Status.DISCARDED,
        "doubtful_url": f"?{SHOWN}={WORDS[Verdict.DOUBTFUL]}",
    }


def remarks_told(listed: VillageImport) -> list[str]:
    """What was odd about the file, a sentence each."""
    return [remark_told(word, details) for word, details in listed.remarks]


def row_page(row: VillageImportRow) -> dict[str, Any]:
    """A row with its doubts in words and the village found for it."""
    return {
        "row": row,
        "listed": row.parent,
        "problems": in_words(row.problems),
        **_notes_of(row.notes, row.verdict),
        "is_out": row.verdict == Verdict.LEFT_OUT,
        "back_url": reverse("villages:import_detail", kwargs={"pk": row.parent_id}),
    }


def page_url(word: str, cursor: str = "") -> str:
    """The address of a page of rows, the first one without a cursor."""
    asked = {name: value for name, value in ((SHOWN, word), (CURSOR, cursor)) if value}
    return f"?{urlencode(asked)}"


def samples_of(listed: VillageImport) -> dict[int, list[str]]:
    """The first different cells of each column, to recognise it by."""
    if not listed.file:
        return {}
    with listed.file.open("rb") as kept:
        table = headed_table(workbook_of(kept.read()), IMPORT_WORDS)
    found: dict[int, list[str]] = {}
    for row in table.body[:SAMPLED]:
        for place, cell in enumerate(row.cells):
            said = found.setdefault(place, [])
            if cell and cell not in said and len(said) < SAMPLES:
                said.append(cell[:40])
    return found


def becomes(designates: bool) -> str:
    """What a list turns into, by whether its decrees count."""
    if designates:
        return _("designated villages, where a decree is named")
    return _("proposals to the Kanwil")


def columns_in_order(listed: VillageImport) -> list[str]:
    """The columns this list has, and those that settle which village is meant."""
    return [name for name in COLUMNS if name in listed.columns or name in NAMES]


def rows_to_choose(
    listed: VillageImport, sent: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows that the form of one page names, with what may be chosen for them."""
    numbers = [
        name.removeprefix("baris-") for name in sent if name.startswith("baris-")
    ]
    wanted = [int(one) for one in numbers if one.isdecimal() and len(one) < 10]
    rows = VillageImportRow.objects.of(listed, Verdict.DOUBTFUL)
    return _dressed(list(rows.filter(pk__in=wanted[:PAGE_SIZE]).values(*ROW)))


def refuse_columns(listed: VillageImport) -> None:
    """Raise IllegalTransition unless the columns may be named (again) now."""
    step(VILLAGE_IMPORT, "preview", listed.status)


def refuse_mending(listed: VillageImport) -> None:
    """Raise IllegalTransition unless rows may be mended now."""
    step(VILLAGE_IMPORT, "mend", listed.status)


def next_in_doubt(row: VillageImportRow) -> VillageImportRow | None:
    """The next row to mend, from this line on, then from the top."""
    doubtful = VillageImportRow.objects.of(row.parent, Verdict.DOUBTFUL)
    return doubtful.filter(line__gt=row.line).first() or doubtful.first()


def candidates_of(row: VillageImportRow) -> list[tuple[str, str]]:
    """Code and full name of the villages that may be meant."""
    return _labels([row.candidates]).for_codes(row.candidates)


def template_sheet() -> Sheet:
    """The headings of a list, to be filled."""
    return Sheet(
        "templat-desa-binaan",
        _("List of fostered villages"),
        [Column(str(known.label), _blank, 18) for known in COLUMNS.values()],
        (),
    )


# --- Inside ------------------------------------------------------------------


def _is_open(state: VillageImport.Status) -> bool:
    return state in VILLAGE_IMPORT["mend"].sources


def _facts(listed: VillageImport) -> list[tuple[str, object]]:
    return [
        (_("Office"), listed.office.short_name),
        (_("Uploaded by"), listed.uploaded_by or _("the console")),
        (_("Uploaded"), wib(listed.uploaded_at)),
        (
            _("Becomes"),
            becomes(listed.designates),
        ),
    ]


def _tabs(counts: Counts, word: str) -> list[dict[str, object]]:
    shown = [
        ("", _("All rows"), counts.total),
        (WORDS[Verdict.DOUBTFUL], Verdict.DOUBTFUL.label, counts.doubtful),
        (WORDS[Verdict.READY], Verdict.READY.label, counts.ready),
        (WORDS[Verdict.LEFT_OUT], Verdict.LEFT_OUT.label, counts.left_out),
    ]
    known = word if word in WORDS.values() else ""
    return [
        {
            "label": capfirst(str(label)),
            "url": f"?{SHOWN}={name}" if name else "?",
            "current": name == known,
            "count": count,
        }
        for name, label, count in shown
    ]


@dataclass(frozen=True, slots=True)
class _Labels:
    names: Mapping[str, str]

    def for_codes(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        return [(code, self.names[code]) for code in codes if code in self.names]


def _labels(lists: Iterable[Sequence[str]]) -> _Labels:
    codes = {code for codes in lists for code in codes}
    rows = Region.objects.filter(pk__in=codes).values_list(
        "code", "name", "parent__name", "parent__parent__name"
    )
    return _Labels(
        {
            code: f"{name}, {district}, {regency} ({code})"
            for code, name, district, regency in rows
        }
    )


def _dressed(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    labels = _labels(row["candidates"] for row in rows)
    return [
        row
        | {
            "typed": _typed(row["cells"]),
            "problems": in_words(row["problems"]),
            **_notes_of(row["notes"], row["verdict"]),
            "candidates": labels.for_codes(row["candidates"]),
            "state": Outcome(row["outcome"]).label
            if row["outcome"]
            else Verdict(row["verdict"]).label,
            "tone": TONES[Verdict(row["verdict"])],
        }
        for row in rows
    ]


def _notes_of(remarks: Sequence[Sequence[Any]], verdict: str) -> dict[str, Any]:
    """What is odd, a sentence each; what a ready row will write, as one line."""
    told = [one for one in remarks if one[0].startswith(WRITES)]
    notes = [one for one in remarks if one not in told]
    writes = told if verdict == Verdict.READY else []
    return {"notes": in_words(notes), "writes": " · ".join(in_words(writes))}


def _typed(cells: Mapping[str, str]) -> str:
    parts = (cells.get(name, "") for name in ("village", "district", "regency"))
    return ", ".join(part for part in parts if part) or cells.get("code", "–")


def _blank(_row: object) -> str:
    return ""
