"""Which column of a sheet is which, and what a sheet does not show."""

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from desabinaan.uploads.sheets.excel import excel_rows
from tests.lib import sheets
from tests.uploads.tables import table_in

# --- Which column is which ---------------------------------------------------

VILLAGE_WORDS = {
    "village": ["desa"],
    "people": ["jumlah penduduk", "penduduk"],
    "phone": ["no hp"],
    "decree": ["nomor sk"],
}


@pytest.mark.parametrize(
    ("upper", "lower", "at"),
    [
        (["Desa", "Jumlah Penduduk", "", ""], ["", "L", "P", "Jumlah"], 3),
        (["Desa", "Jumlah Penduduk", "", ""], ["", "Total", "L", "P"], 1),
        (["Desa", "Penduduk", "", ""], ["", "Laki-laki", "Perempuan", "Jml"], 3),
    ],
)
def test_a_joined_heading_means_its_column_of_totals(
    upper: list[str], lower: list[str], at: int
) -> None:
    body = ["Linduk", "1900", "1850", "3750"]
    content = sheets.xlsx([upper, lower, body], merged=["B1:D1", "A1:A2"])
    table = table_in(content, VILLAGE_WORDS)
    assert table.columns["people"] == at
    assert all(name == "people" for name in table.suggested.values())


def test_a_joined_heading_without_totals_is_asked() -> None:
    upper, lower = ["Desa", "Jumlah Penduduk", ""], ["", "L", "P"]
    table = table_in(sheets.xlsx([upper, lower, ["Linduk", 19, 18]]), VILLAGE_WORDS)
    assert "people" not in table.columns
    assert table.suggested == {1: "people", 2: "people"}


@pytest.mark.parametrize(
    ("heading", "maybe"),
    [
        ("No. HP Pimpasa", "phone"),
        ("SK Pimpasa Nomor", "decree"),
        ("Catatan", ""),
        ("Nomor SK Pimpasa", "decree"),
        ("Jumlah Penduduk Miskin", "people"),
        ("Penduduk (pindah)", "people"),
        ("Kepala Desa", "village"),
    ],
)
def test_a_heading_with_more_words_is_never_taken(heading: str, maybe: str) -> None:
    content = sheets.csv_of([["Nama", "Desa", heading], ["", "Lontar", "x"]])
    table = table_in(content, VILLAGE_WORDS)
    assert table.columns == {"village": 1}
    assert table.suggested.get(2, "") == maybe


@pytest.mark.parametrize("heading", ["2. No. HP", "(2) no hp", "2 NO. HP", "No.Hp"])
def test_a_number_before_a_heading_does_not_count(heading: str) -> None:
    content = sheets.csv_of([["1. Desa", heading], ["Lontar", "0812"]])
    table = table_in(content, VILLAGE_WORDS)
    assert table.columns == {"village": 0, "phone": 1}


def test_a_heading_that_appears_twice_is_asked() -> None:
    content = sheets.csv_of([["Desa", "Penduduk", "Penduduk"], ["Lontar", "1", "2"]])
    table = table_in(content, VILLAGE_WORDS)
    assert table.columns == {"village": 0}
    assert table.suggested == {1: "people", 2: "people"}


def test_the_sheet_with_the_most_known_headings_is_read_and_named() -> None:
    workbook = openpyxl.Workbook()
    first = workbook.active
    assert first is not None
    first.title = "Petunjuk"
    first.append(["Isi nama desa sesuai Kepmendagri"])
    second = workbook.create_sheet("Data")
    second.append(["Desa", "Nomor SK"])
    second.append(["Puser", "W.11-01"])
    table = table_in(sheets.saved(workbook), VILLAGE_WORDS)
    assert table.rows[0].cells == {"village": "Puser", "decree": "W.11-01"}
    assert ("other_sheets", {"sheet": "Data"}) in table.remarks


# --- What a sheet does not show ----------------------------------------------


def test_joined_cells_count_for_all_their_rows() -> None:
    rows = [
        ["Desa", "Nomor SK"],
        ["Satu", "A"],
        ["Dua", None],
        ["Tiga", None],
        ["Empat", None],
    ]
    table = table_in(sheets.xlsx(rows, merged=["B2:B4"]), VILLAGE_WORDS)
    assert [row.cells["decree"] for row in table.rows] == ["A", "A", "A", ""]
    assert ("joined_rows", {}) in table.remarks


def test_a_heading_joined_with_a_row_of_the_table_is_no_value() -> None:
    rows = [["Desa", "Nomor SK"], ["Satu", None], ["Dua", "B"]]
    table = table_in(sheets.xlsx(rows, merged=["B1:B2"]), VILLAGE_WORDS)
    assert [row.cells["decree"] for row in table.rows] == ["", "B"]


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Desa", "Nomor SK"], ["Satu", "A"], ["Dua", "B"], ["Tiga", "C"]):
        sheet.append(row)
    for line in (2, 3):
        sheet.row_dimensions[line].hidden = True
    sheet.column_dimensions["B"].hidden = True
    table = table_in(sheets.saved(workbook), VILLAGE_WORDS)
    assert len(table.rows) == 3
    assert ("hidden_rows", {"lines": "2-3"}) in table.remarks
    assert ("hidden_columns", {"columns": "B"}) in table.remarks


def test_too_many_joined_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desabinaan.uploads.sheets.sheet_marks.MOST_JOINED", 1)
    rows = [["Desa", "Nomor SK"], ["1", "2"], ["3", "4"]]
    content = sheets.xlsx(rows, merged=["A2:A3", "B2:B3"])
    with pytest.raises(ValidationError) as refusal:
        excel_rows(content, 100, None)
    assert refusal.value.code == "too_many_joined"
