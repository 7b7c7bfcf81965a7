import pytest
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.uploads.sheets.pasted import pasted_rows


def test_tabs_part_the_columns_and_blank_rows_fall_away() -> None:
    text = "Budi Contoh\tKepala\tDinsos\r\n\r\n\t\t\r\nSiti\t\tPolres\n"
    assert pasted_rows(text) == [
        ["Budi Contoh", "Kepala", "Dinsos"],
        ["Siti", "", "Polres"],
    ]


def test_semicolons_part_the_columns_where_there_is_no_tab() -> None:
    assert pasted_rows("Ma'ruf; Camat;Kecamatan") == [["Ma'ruf", "Camat", "Kecamatan"]]


def test_a_quoted_cell_may_hold_a_line_break() -> None:
    assert pasted_rows('"Budi\nContoh"\tKepala') == [["Budi Contoh", "Kepala"]]


def test_a_lone_quotation_mark_swallows_nothing() -> None:
    assert pasted_rows('"Budi\tA\nSiti\tB') == [['"Budi', "A"], ["Siti", "B"]]


@pytest.mark.parametrize("soft", ["\u2028", "\u2029", "\v", "\f", "\x85", "\x1e"])
def test_a_soft_line_break_stays_inside_its_cell(soft: str) -> None:
    text = f"Siti\tKepala{soft}Bidang\nBudi\tStaf"
    assert pasted_rows(text) == [["Siti", "Kepala Bidang"], ["Budi", "Staf"]]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('Siti "Ani" Contoh\tKabid', ['Siti "Ani" Contoh', "Kabid"]),
        ('"Ani" Siti\tKabid', ['"Ani" Siti', "Kabid"]),
        ('"Ani"\tKabid', ['"Ani"', "Kabid"]),
        ('"Siti ""Ani"" Contoh"\tKabid', ['Siti "Ani" Contoh', "Kabid"]),
        ('"Siti";"Kabid"', ["Siti", "Kabid"]),
        ('"Bidang; Seksi";Kabid', ["Bidang; Seksi", "Kabid"]),
        ("Ma'ruf\t''", ["Ma'ruf", "''"]),
    ],
)
def test_quotation_marks_that_belong_to_a_name_stay(
    text: str, cells: list[str]
) -> None:
    assert pasted_rows(text) == [cells]


@given(st.text())
def test_any_text_can_be_pasted(text: str) -> None:
    for row in pasted_rows(text):
        assert all(cell == cell.strip() for cell in row)
