import pytest
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.uploads.sheets.pasted import named_cells, pasted_rows

HEADINGS = {
    "name": ["nama", "nama lengkap"],
    "position": ["jabatan"],
    "party": ["instansi", "asal instansi"],
}


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


def test_a_row_of_headings_says_the_order() -> None:
    rows = pasted_rows("No.\tInstansi\tNama Lengkap\n1\tDinsos\tBudi")
    assert named_cells(rows, HEADINGS) == [
        {"name": "Budi", "position": "", "party": "Dinsos"}
    ]


def test_without_headings_the_usual_order_counts() -> None:
    rows = pasted_rows("Budi\tKepala\tDinsos\nSiti")
    assert named_cells(rows, HEADINGS)[1] == {
        "name": "Siti",
        "position": "",
        "party": "",
    }


@pytest.mark.parametrize("name", ["Nama", "Jabatan"])
def test_a_person_called_like_a_heading_is_no_row_of_headings(name: str) -> None:
    rows = pasted_rows(f"{name}\tKepala Seksi\tDinsos")
    assert named_cells(rows, HEADINGS)[0]["name"] == name


def test_nothing_pasted_is_no_row() -> None:
    assert named_cells(pasted_rows(" \n"), HEADINGS) == []


@given(st.text())
def test_any_text_can_be_pasted(text: str) -> None:
    for row in pasted_rows(text):
        assert all(cell == cell.strip() for cell in row)
