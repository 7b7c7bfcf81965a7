"""Sheets that leave the portal: inert for every program, numbers stay numbers."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from desabinaan.accounts.file_responses import sheet_response
from desabinaan.lib.sheets.columns import Column, Sheet, inert
from tests.lib.payloads import FORMULAS


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def csv_rows(answer: Any) -> list[list[str]]:
    text = body_of(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet_of(cells: list[Any]) -> Sheet:
    rows = [{"cell": cell} for cell in cells]
    return Sheet("uji", "Uji", [Column("Isi", itemgetter("cell"))], rows, about=["x"])


def written_cells(cells: list[Any]) -> list[Any]:
    workbook = openpyxl.load_workbook(
        io.BytesIO(body_of(sheet_response("xlsx", sheet_of(cells))))
    )
    sheet = workbook.active
    assert sheet is not None
    return [row[0] for row in sheet.iter_rows(min_row=5)]


def test_there_are_thirty_payloads() -> None:
    assert len(set(FORMULAS)) == 30


@pytest.mark.parametrize("payload", FORMULAS)
def test_a_formula_is_text_in_csv(payload: str) -> None:
    ((_heading,), (cell,)) = csv_rows(sheet_response("csv", sheet_of([payload])))
    assert cell.startswith("'")


def test_formulas_and_links_are_text_in_a_workbook() -> None:
    cells = written_cells([*FORMULAS, "https://contoh.id/", "mailto:a@contoh.id"])
    assert len(cells) == 32
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_numbers_and_days_keep_their_kind_in_a_workbook() -> None:
    moment = datetime(2025, 11, 12, 2, 30, tzinfo=UTC)
    values = [-5, Decimal("-6.01234"), date(2025, 11, 12), moment]
    cells = written_cells(values)
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "d"]
    assert cells[1].value == pytest.approx(-6.01234)
    assert cells[3].value.hour == 9, "in the office's zone"


def test_numbers_and_days_stay_what_they_are_in_csv() -> None:
    values = [-5, Decimal("-6.01234"), date(2025, 11, 12), None]
    with translation.override("id"):
        rows = csv_rows(sheet_response("csv", sheet_of(values)))
    assert rows[1:] == [["-5"], ["-6,01234"], ["2025-11-12"], [""]]


#: signs that no program shows, before the sign that begins a formula
UNSEEN = [
    "\u202e",
    "\u2066",
    "\u00ad",
    "\u180e",
    "\u0301",
    "\ue000",
    "\U000e0041",
    "\u3000",
]


@pytest.mark.parametrize("opener", ["=", "@", "\uff1d"])
@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_formula_behind_signs_that_nobody_sees_is_text(
    unseen: str, opener: str
) -> None:
    payload = f"{unseen}\u200b{opener}SUM(A1:A9)"
    assert inert(payload) == f"'{payload}"


@pytest.mark.parametrize(
    "text",
    [
        "Lontar",
        " ",
        "\u202eLontar = 3",
        "Évaluasi",
        "",
        "–",
        "Ma'ruf",
        "12/11/2025",
        "a=b",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_a_csv_is_written_while_it_is_sent() -> None:
    asked: list[int] = []

    def rows() -> Any:
        for number in range(2000):
            asked.append(number)
            yield {"cell": number}

    sheet = Sheet("uji", "Uji", [Column("Isi", itemgetter("cell"))], rows())
    answer: Any = sheet_response("csv", sheet)
    assert asked == []
    next(iter(answer.streaming_content))
    assert len(asked) < 1000
