"""Uploaded spreadsheets: every fault has its sentence, every fair one its rows."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.lib.text.coordinates import coordinate_in
from desabinaan.lib.text.dates import day_in
from desabinaan.lib.text.numbers import number_in
from desabinaan.uploads.sheets.reading import (
    LIMIT,
    content_of,
    sheet_as_json,
    workbook_of,
)
from desabinaan.uploads.sheets.remarks import remark_message
from tests.lib import sheets
from tests.lib.samples import jpg, upload
from tests.uploads.tables import table_in

WORDS = {
    "village": ["desa", "nama desa", "desa kelurahan"],
    "district": ["kecamatan"],
    "decree": ["nomor sk", "no sk", "sk penetapan nomor"],
    "day": ["tanggal sk", "tgl sk", "sk penetapan tanggal"],
}


def code_of(content: bytes, **limits: int) -> str:
    with pytest.raises(ValidationError) as refused:
        workbook_of(content, **limits)
    return str(refused.value.code)


# --- What is refused ---------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (jpg(), "picture"),
        (b"%PDF-1.4\n...", "not_a_spreadsheet"),
        (sheets.zipped({"word/document.xml": b"<w/>"}), "not_a_spreadsheet"),
        (b"PK\x03\x04 torn", "unreadable"),
        (sheets.xlsx([["Desa"]])[:-60], "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (
            sheets.repacked(sheets.xlsx([["Desa"]]), {"xl/vbaProject.bin": b"x"}),
            "macros",
        ),
        (sheets.xlsx([]), "empty"),
        (b"Desa;Kecamatan\n\0Lontar;\0\0", "unreadable"),
        (b"Desa;" + b"x" * 30_000, "long_cell"),
        (b'Desa;"' + b"x\n" * 100_000, "unreadable"),
    ],
)
def test_each_unusable_spreadsheet_has_its_own_error(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert len(sheets.bomb()) < 300_000
    assert code_of(sheets.bomb()) == "unpacks_too_large"
    assert code_of(sheets.many_parts()) == "unpacks_too_large"


def test_entities_within_entities_are_not_unfolded() -> None:
    assert code_of(sheets.laughing()) == "unreadable"


def test_a_file_above_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(ValidationError, match=r"10[.,]1 MB.*10 MB"):
        content_of(upload("desa.csv", b"x" * (LIMIT + 1)))


def test_two_hundred_thousand_rows_are_refused_with_the_limit() -> None:
    with pytest.raises(ValidationError, match=r"20[.,]000"):
        workbook_of(sheets.long_xlsx(200_000, columns=1))


def test_blank_rows_and_columns_far_away_cost_nothing() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["A1048576"], sheet["XFD2"] = "Desa", "Lontar", " "
    rows = workbook_of(sheets.saved(workbook), most_rows=2).rows
    assert [(row.line, row.cells) for row in rows] == [
        (1, ("Desa",)),
        (1_048_576, ("Lontar",)),
    ]


# --- What is read ------------------------------------------------------------


def test_typed_cells_become_text_as_people_here_type_it() -> None:
    row = ["36.04.13.2007", 1234.5, 3604132007, -6.01234, date(2025, 11, 12), None]
    (found,) = workbook_of(sheets.xlsx([row])).rows
    assert found.cells == (
        "36.04.13.2007",
        "1234,5",
        "3604132007",
        "-6,01234",
        "2025-11-12",
    )


def test_a_formula_is_never_computed_and_its_saved_result_counts() -> None:
    workbook = workbook_of(sheets.xlsx([["Desa", "=1+1"], ["Lontar", "=HYPERLINK(1)"]]))
    assert [row.cells for row in workbook.rows] == [("Desa",), ("Lontar",)]
    assert workbook.remarks == (("formulas", {}),)


def test_only_the_first_visible_sheet_is_read_with_a_remark() -> None:
    workbook = openpyxl.Workbook()
    hidden = workbook.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(["rahasia"])
    workbook.create_sheet("Daftar").append(["Desa"])
    workbook.create_sheet("Lain").append(["Lain"])
    read = workbook_of(sheets.saved(workbook))
    assert read.rows[0].cells == ("Desa",)
    assert "Daftar" in remark_message(*read.remarks[0])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_each_separator_and_encoding(
    separator: str, encoding: str
) -> None:
    rows = [["Desa", "Kecamatan"], ["Désa “Satu”", "Tirtayasa"]]
    read = workbook_of(sheets.csv_of(rows, separator, encoding))
    assert [list(row.cells) for row in read.rows] == rows


def test_the_line_that_names_the_separator_is_no_row() -> None:
    (row,) = workbook_of(b"sep=;\nLontar, Barat;Tirtayasa\n").rows
    assert (row.line, row.cells) == (2, ("Lontar, Barat", "Tirtayasa"))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(ValidationError):
        json.loads(sheet_as_json(content, "csv", 100, None))
    with pytest.raises(ValidationError):
        sheet_as_json(content, "xlsx", 100, None)


# --- Headings ----------------------------------------------------------------


def test_headings_are_found_below_titles_and_joined_cells() -> None:
    content = sheets.xlsx(
        [
            ["DAFTAR DESA BINAAN IMIGRASI TAHUN 2025"],
            [],
            ["No.", "Desa/Kelurahan", "Kecamatan", "SK Penetapan"],
            [None, None, None, "Nomor", "Tanggal"],
            [1, 2, 3, 4, 5],
            [1, "Lontar", "Tirtayasa", "W.11-01", "12/11/2025"],
        ],
        merged=["A1:E1", "A3:A4", "B3:B4", "C3:C4", "D3:E3"],
    )
    table = table_in(content, WORDS)
    assert table.headings[3:] == ("SK Penetapan Nomor", "SK Penetapan Tanggal")
    (row,) = table.rows
    assert (row.line, row.cells) == (
        6,
        {
            "village": "Lontar",
            "district": "Tirtayasa",
            "decree": "W.11-01",
            "day": "12/11/2025",
        },
    )


def test_a_heading_word_for_word_goes_before_one_that_holds_the_word() -> None:
    content = sheets.csv_of([["Kepala desa", "Nama Desa"], ["Budi", "Lontar"]])
    table = table_in(content, WORDS)
    assert table.rows[0].cells == {"village": "Lontar"}


def test_a_sheet_without_known_headings_is_refused() -> None:
    with pytest.raises(ValidationError, match="Desa"):
        table_in(b"1;2\n3;4\n", WORDS)


# --- Values ------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "12/11/2025",
        "12-11-2025",
        "12.11.2025",
        "12 November 2025",
        "12 Nopember 2025",
        "Rabu, 12 November 2025",
        "12-Nov-2025",
        "2025-11-12",
        "2025-11-12 00:00:00",
        "12/11/25",
        "12.11.25",
    ],
)
def test_a_day_is_read_in_each_way_it_is_written(typed: str) -> None:
    assert day_in(typed) == date(2025, 11, 12)


@pytest.mark.parametrize("typed", ["31/02/2025", "12/13/2025", "kemarin", "45973"])
def test_an_invalid_date_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        day_in(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("1.5", "1.5"),
        ("Rp 1.250.000", "1250000"),
        ("−3", "-3"),
    ],
)
def test_numbers_are_read_as_they_are_written_here(typed: str, number: str) -> None:
    assert number_in(typed) == Decimal(number)


def test_an_invalid_number_is_refused() -> None:
    for typed in ("sekitar 500", "1,2,3", "1.23.4", "=1+1"):
        with pytest.raises(ValidationError):
            number_in(typed)


def test_a_coordinate_has_a_decimal_sign_and_perhaps_a_side() -> None:
    assert coordinate_in("-6.012") == coordinate_in("6,012 LS") == Decimal("-6.012")
    assert coordinate_in("106,261° BT") == Decimal("106.261")
    assert coordinate_in("") is None
    for typed in ("6°0'44\"", "selatan", "1.2.3"):
        with pytest.raises(ValidationError):
            coordinate_in(typed)


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [
        ("\u22126.012", "-6.012"),
        ("\u20136,012", "-6.012"),
        ("\uff0d6\uff0e012", "-6.012"),
        ("\u20146.012", "-6.012"),
        ("6,012\u00a0LS", "-6.012"),
        ("\uff11\uff10\uff16\uff0c\uff12\uff16", "106.26"),
    ],
)
def test_a_coordinate_may_have_any_dash_and_full_width_signs(
    typed: str, degrees: str
) -> None:
    assert coordinate_in(typed) == Decimal(degrees)


@pytest.mark.parametrize("typed", ["6\u00b07'12\"S", "\u22126\u00b07'", "6\u20137"])
def test_degrees_in_minutes_and_ranges_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        coordinate_in(typed)


WIDE = [*(f"Tanya {number}" for number in range(1, 61)), "Nama Desa", "Lintang"]


@pytest.mark.parametrize("as_csv", [False, True])
@pytest.mark.parametrize("width", [62, 256])
def test_columns_past_the_sixtieth_are_read(width: int, as_csv: bool) -> None:
    headings = [*WIDE, *("" for _more in range(width - 63)), "Bujur"][-width:]
    row = [f"j{place}" for place in range(len(headings))]
    content = sheets.csv_of([headings, row]) if as_csv else sheets.xlsx([headings, row])
    first, second = workbook_of(content).rows
    assert first.cells == tuple(headings)
    assert second.cells == tuple(row)


@pytest.mark.parametrize("as_csv", [False, True])
def test_a_column_too_far_away_is_named_not_dropped(as_csv: bool) -> None:
    rows = [["Desa"], ["Lontar", *("" for _more in range(255)), "penting"]]
    content = sheets.csv_of(rows) if as_csv else sheets.xlsx(rows)
    with pytest.raises(ValidationError) as refused:
        workbook_of(content)
    (sentence,) = refused.value.messages
    for word in (" 2 ", " IW,", " IV "):
        assert word in sentence


def test_blank_cells_too_far_away_are_no_column() -> None:
    rows = [["Desa"], ["Lontar", *(" " for _more in range(400))]]
    for content in (sheets.csv_of(rows), sheets.xlsx(rows)):
        assert [row.cells for row in workbook_of(content).rows] == [
            ("Desa",), ("Lontar",),
        ]  # fmt: skip
