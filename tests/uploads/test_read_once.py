"""A list is read once; its pages work on the rows as they were read then."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from desabinaan.uploads.selectors.uploads import stored_table
from desabinaan.uploads.sheets import reading
from desabinaan.uploads.sheets.reading import (
    Workbook,
    pasted_workbook,
    workbook_as_json,
    workbook_from_json,
    workbook_of,
)
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import DelegateList
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.dataset import Dataset
from tests.imports import lists as village_lists
from tests.lib import sheets
from tests.lib.samples import upload
from tests.participants import pasted_pages
from tests.sessions import sessions as scene
from tests.sessions.pasting import listed_after
from villages.imports.kind import VILLAGE_LISTS

Browser = Callable[[str], Client]
PEOPLE = [["Nama", "Jabatan", "Instansi"], ["Siti", "Kabid", "Dinsos"]]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that were decoded."""
    decoded: list[bytes] = []
    run_limited = reading.run_limited

    def counted(work: Any, content: bytes, *arguments: Any, **options: Any) -> bytes:
        decoded.append(content)
        return run_limited(work, content, *arguments, **options)

    monkeypatch.setattr(reading, "run_limited", counted)
    return decoded


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_is_decoded_once_on_all_its_pages(
    dataset: Dataset, signed_in: Browser, reads: list[bytes], ending: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    content = sheets.xlsx(PEOPLE) if ending == "xlsx" else sheets.csv_of(PEOPLE, ";")
    sent = {"text": "", "file": upload(f"peserta.{ending}", content)}
    browser.post(pasted_pages.address("delegates_paste", session), sent)
    listed = DelegateList.objects.get()
    pasted_pages.check(browser, listed, is_headed="tidak")
    pasted_pages.check(browser, listed, is_headed="ya")
    pasted_pages.check(browser, listed)
    assert pasted_pages.read(listed) == [("Siti", "Kabid", "Dinsos", "")]
    assert reads == [content]


def test_a_list_of_villages_is_decoded_once(
    dataset: Dataset, reads: list[bytes]
) -> None:
    content = village_lists.xlsx_of([village_lists.row(code="36.04.13.2007")])
    user = dataset.user("kanwil")
    listed = village_lists.previewed_file(dataset.kanwil, user, content)
    assert listed.rows.count() == 1
    assert reads == [content]


def odd_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["Désa “Satu”", "=1+1"], ["A", "x"], [None, "y"], ["B", "z"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[4].hidden = True
    return sheets.saved(book)


@pytest.mark.parametrize(
    "read",
    [
        lambda: workbook_of(odd_workbook()),
        lambda: pasted_workbook("Siti\tKabid\n\tStaf\n"),
        lambda: RUNDOWN_LISTS.workbook_in(b"09.00 Doa\n10.00\tMakan"),
    ],
)
def test_what_was_read_is_stored_without_loss(read: Callable[[], Workbook]) -> None:
    workbook = read()
    assert workbook_from_json(workbook_as_json(workbook)) == workbook


def test_joined_cells_and_remarks_are_among_what_is_stored() -> None:
    stored = workbook_from_json(workbook_as_json(workbook_of(odd_workbook())))
    assert stored.joined
    assert {key for key, _details in stored.remarks} == {"hidden_rows", "formulas"}


def test_a_list_stored_by_an_earlier_version_is_still_read(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = "Nama\tJabatan\tInstansi\nSiti\tKabid\tDinsos"
    people = pasted_pages.paste(browser, session, text)
    rundown = listed_after(browser, session, "09.00-09.30 Doa")
    content = village_lists.xlsx_of([village_lists.row(code="36.04.13.2007")])
    user = dataset.user("kanwil")
    villages = village_lists.previewed_file(dataset.kanwil, user, content)
    for kind, listed, name, brought in (
        (DELEGATE_LISTS, people, "a.txt", text.encode()),
        (RUNDOWN_LISTS, rundown, "b.txt", b"09.00-09.30 Doa"),
        (VILLAGE_LISTS, villages, "c.xlsx", content),
    ):
        now = stored_table(kind, listed)
        listed.file.save(name, ContentFile(brought), save=True)
        assert Path(listed.file.name).suffix == Path(name).suffix
        assert stored_table(kind, listed) == now
