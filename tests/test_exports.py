"""Every list as a file: the page's own rows, written down, and nothing that runs."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.accounts.models import ExportEvent, User
from fgd.agencies.models import Agency
from fgd.plan.models import Action
from fgd.sessions.models import Session
from tests.browsers import browser_with, session_of
from tests.dataset import Dataset
from tests.lib.payloads import FORMULAS
from tests.matrix.dataset import build_matrix_data
from tests.monthly.months import make_slot
from tests.test_architecture import named_routes
from villages.imports.models import VillageImport
from villages.places.models import Office, Scheme
from villages.register.models import Village, VillageContact
from villages.vulnerability.models import FigureImport

SignedIn = Callable[[str], Client]
ROUTES = sorted(name for name, _pattern in named_routes() if name.endswith("_export"))

#: the dataset has no score and no closed test; all files pass the same two writers
UNFILLED = {"outreach:learning_export", "vulnerability:vulnerability_export"}


def sheet(client: Client, route: str, kind: str = "csv", query: str = "") -> Any:
    return client.post(f"{reverse(route)}{query}", {"bentuk": kind})


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def poison(model: type[Model], field: str, longest: int) -> None:
    for number, row in enumerate(model._default_manager.order_by("pk")):
        text = FORMULAS[number % len(FORMULAS)]
        model._default_manager.filter(pk=row.pk).update(
            **{field: f"{text[: longest - 6]} {number}"}
        )


@pytest.fixture
def poisoned(db: None) -> None:
    build_matrix_data()
    for model, field, longest in (
        (Village, "district_name", 100),
        (Agency, "name", 150),
        (Session, "venue", 100),
        (Session, "theme", 100),
        (Action, "title", 100),
        (User, "name", 120),
        (VillageContact, "name", 120),
        (Scheme, "name", 100),
        (VillageImport, "filename", 150),
        (FigureImport, "filename", 150),
    ):
        poison(model, field, longest)


@pytest.mark.usefixtures("poisoned")
@pytest.mark.parametrize("route", ROUTES)
def test_no_cell_of_any_export_runs(client: Client, route: str) -> None:
    client.force_login(User.objects.get(username="kanwil"))
    rows = rows_of(sheet(client, route))
    assert len(rows) > 1 or route in UNFILLED
    cells = [cell for row in rows[1:] for cell in row if cell.strip()]
    running = [cell for cell in cells if cell.strip()[0] in "=+@|%\uff1d\uff0b\uff20"]
    assert running == []
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(sheet(client, route, "xlsx").streaming_content))
    )
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"\d{1,2}[.:]\d{2}\b")


@pytest.mark.usefixtures("poisoned")
@pytest.mark.parametrize("route", ROUTES)
def test_no_time_of_any_export_lacks_its_zone(client: Client, route: str) -> None:
    """An office in the east writes its own zone, in the heading or in the cell."""
    Office.objects.update(zone="Asia/Jayapura")
    client.force_login(User.objects.get(username="kanwil"))
    heads, *rows = rows_of(sheet(client, route))
    for row in rows:
        for head, cell in zip(heads, row, strict=True):
            if DAY.match(cell) and TIME.search(cell):
                assert "WIT" in f"{head} {cell}", (head, cell)


def test_the_register_as_a_file_holds_the_rows_of_the_page_and_no_other(
    signed_in: SignedIn,
) -> None:
    rows = rows_of(sheet(signed_in("serang"), "register:village_export"))
    assert [row[1] for row in rows[1:]] == ["Lontar", "Pulo Panjang", "Tengkurak"]


def test_reports_as_a_file_are_those_in_care(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    for name in ("lontar", "kronjo"):
        make_slot(dataset.villages[name])
    for name, village in (("serang", "Lontar"), ("tangerang", "Kronjo")):
        rows = rows_of(sheet(signed_in(name), "monthly:report_export"))
        assert [village in row for row in rows[1:]] == [True]


def test_filters_and_sorting_of_the_address_count(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    Village.objects.filter(pk=dataset.villages["lontar"].pk).update(status="proposed")
    query = "?status=designated&urut=-nama"
    rows = rows_of(sheet(signed_in("serang"), "register:village_export", query=query))
    assert [row[1] for row in rows[1:]] == ["Tengkurak", "Pulo Panjang"]


def test_an_export_is_written_down_without_what_was_typed(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    query = "?q=lontar&status=designated"
    sheet(signed_in("serang"), "register:village_export", "xlsx", query)
    event = ExportEvent.objects.get()
    assert event.actor == dataset.people["serang"]
    assert (event.listed, event.kind, event.rows) == ("desa-binaan", "xlsx", 1)
    assert event.filters == {"q": "…", "status": "designated"}


def test_the_sheet_says_by_whom_and_by_which_filter(signed_in: SignedIn) -> None:
    answer = sheet(signed_in("serang"), "register:village_export", "xlsx", "?q=lontar")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    first, second, third = (str(book.active.cell(row, 1).value) for row in (1, 2, 3))
    assert "Desa" in first
    assert "Contoh serang" in second
    assert re.search(r"pukul \d\d\.\d\d WIB$", second), "with the zone of the time"
    assert "lontar" in third


def test_contacts_come_along_for_those_who_may_read_them(
    dataset: Dataset, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    VillageContact.objects.create(
        village=dataset.villages["lontar"],
        name="Kontak Contoh",
        position="Sekdes",
        phone="+6281234567890",
    )
    rows = rows_of(sheet(signed_in("serang"), "register:village_export"))
    assert [row[-1] for row in rows[1:]] == [
        "Kontak Contoh (Sekdes) 0812-3456-7890",
        "",
        "",
    ]
    role = Role.OFFICE_STAFF
    capabilities = CAPABILITIES[role] - {"village.view_contacts"}
    monkeypatch.setitem(CAPABILITIES, role, capabilities)
    rows = rows_of(sheet(signed_in("serang"), "register:village_export"))
    assert [row[-1] for row in rows[1:]] == ["", "", ""]


@pytest.mark.parametrize("route", ROUTES)
def test_an_export_asks_few_questions_however_many_rows(
    dataset: Dataset, route: str
) -> None:
    client = browser_with(session_of(dataset.people["kanwil"]))
    with CaptureQueriesContext(connection) as asked:
        rows_of(sheet(client, route))
    assert len(asked) <= 9
