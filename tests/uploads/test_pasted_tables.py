"""What the columns of a pasted table mean; unknown headings are asked."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.uploads.sheets.counting import without_counts
from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.reading import Workbook, pasted_workbook
from desabinaan.uploads.sheets.rows import SheetRow
from desabinaan.uploads.sheets.unheaded import UnheadedColumns, perhaps_headed_table

WORDS = {
    "name": ["nama", "nama lengkap", "nama gelar"],
    "position": ["jabatan", "jabatan pangkat"],
    "party": ["instansi", "dinas instansi", "nama instansi", "asal"],
    "phone": ["no hp", "hp", "telepon"],
}
UNHEADED = UnheadedColumns(
    order=("name", "position", "party", "phone"),
    telephone="phone",
    only_in_headings={"nama", "jabatan", "instansi", "hp", "telepon"},
)


def table(text: str, is_headed: bool | None = None) -> Table:
    return perhaps_headed_table(pasted_workbook(text), WORDS, UNHEADED, is_headed)


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("Nama\tJabatan", {"name": 0, "position": 1}),
        ("Nama & Gelar\tJabatan/Pangkat", {"name": 0, "position": 1}),
        ("2. NAMA LENGKAP\t3. Dinas/Instansi", {"name": 0, "party": 1}),
        ("No\tInstansi\tNama", {"party": 1, "name": 2}),
        ("Nama Instansi\tNama", {"party": 0, "name": 1}),
        ("No. HP\tNama", {"phone": 0, "name": 1}),
        ("Nama\tNo. HP Kepala Dinas\tJabatan", {"name": 0, "position": 2}),
        ("Nama\tJabatan Terakhir Sekali\tInstansi", {"name": 0, "party": 2}),
    ],
)
def test_a_heading_of_known_words_only_is_that_column(
    headings: str, columns: dict[str, int]
) -> None:
    read = table(f"{headings}\nA\tB\tC\nD\tE\tF")
    assert (read.is_headed, read.columns) == (True, columns)
    assert [row.cells for row in read.body] == [("A", "B", "C"), ("D", "E", "F")]


@pytest.mark.parametrize(
    "first",
    [
        "Nama pejabat yang ditugaskan\tPosisi\tDari",
        "Nama\tKepala Seksi\tDinsos",
        "Peserta\tPosisi\tKeterangan",
        "DAFTAR HADIR PESERTA RAPAT",
        "Siapa\tSebagai apa\tNomor yang dihubungi",
    ],
)
def test_a_first_row_that_looks_like_headings_is_asked(first: str) -> None:
    read = table(f"{first}\nSiti\tKabid\t0812 1000 0001\nBudi\tStaf\t-")
    assert read.is_headed is None
    assert [row.cells[0] for row in read.body] == ["Siti", "Budi"]
    assert read.unclear
    assert table(f"{first}\nSiti\tKabid", is_headed=False).body[0].cells[0] in first


@pytest.mark.parametrize(
    "first",
    [
        "Siti\tKepala Desa\tDesa Lontar",
        "Siti\tKabid Dinas Sosial\tDinas Sosial\t0812 1000 0001",
        "Siti\tKabid\tDinsos\t-",
        "Siti Contoh",
    ],
)
def test_a_first_row_of_a_person_is_a_row(first: str) -> None:
    read = table(
        f"{first}\nBudi\tStaf\tDinsos\t0812 1000 0002" if "\t" in first else first
    )
    assert read.is_headed is False
    assert read.body[0].cells[0].startswith("Siti")


def test_the_unknown_headings_are_asked_only_while_a_column_is_missing() -> None:
    full = "No\tNama\tJabatan\tInstansi\tHP\tTanda Tangan\n1\tA\tB\tC\t0812100001\tx"
    assert not table(full).unclear
    assert table(full.replace("Jabatan", "Posisi")).unclear == [2, 5]


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("1.\tSiti\tKabid\n2.\tBudi\tStaf", 0),
        ("7\tSiti\n8\tBudi", 0),
        ("\t1)\tSiti\n\t2)\tBudi", 1),
        ("(1)\tSiti\tKabid", 0),
        ("1\tSiti\n3\tBudi", None),
        ("Siti\t1\nBudi\t2", None),
    ],
)
def test_a_column_that_counts_is_skipped(text: str, counting: int | None) -> None:
    read = table(text)
    assert ("counting_column" in dict(read.remarks)) is (counting is not None)
    assert counting not in {*read.columns.values(), *read.unclear}
    if counting is not None:
        assert read.columns["name"] == counting + 1


def test_lines_with_a_number_only_are_skipped_and_named() -> None:
    read = table("1\tSiti\tKabid\n2\tBudi\t-\n3\t\t\n4\t-\t-")
    assert [row.cells[1] for row in read.body] == ["Siti", "Budi"]
    assert dict(read.remarks)["blank_rows"]["count"] == "2"


def test_codes_and_numbers_of_officials_are_no_telephones() -> None:
    read = table("Siti\t198001012005012001\tDinsos\nBudi\t198101012005012002\tDistan")
    assert read.unclear == [1]
    assert read.columns == {"name": 0, "position": 2}


@pytest.mark.parametrize(
    ("names", "bare"),
    [
        (["1. Siti", "2. Budi"], ["Siti", "Budi"]),
        (["3) Siti", "4) Budi"], ["Siti", "Budi"]),
        (["1. Siti", "Budi"], None),
        (["1. Siti", "1. Budi"], None),
        (["Siti", "Budi"], None),
        ([], None),
    ],
)
def test_numbers_before_names_are_dropped_if_they_count(
    names: list[str], bare: list[str] | None
) -> None:
    assert without_counts(names) == bare


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), max_size=6))
def test_no_cell_of_any_table_is_lost_without_a_remark(rows: list[list[str]]) -> None:
    clean = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    clean = [row for row in clean if any(row)]
    if clean:
        lines = [SheetRow(line, row) for line, row in enumerate(clean, start=1)]
        read = perhaps_headed_table(Workbook(lines, "txt"), WORDS, UNHEADED)
        left = len(clean) - len(read.body) - (read.is_headed is not False)
        assert left == 0 or read.remarks


@pytest.mark.parametrize(
    ("heading", "maybe"),
    [
        ("No. HP Kepala Dinas", "phone"),
        ("Jabatan Terakhir Sekali", "position"),
        ("Nama yang mewakili", "name"),
        ("Tanda Tangan", ""),
    ],
)
def test_a_heading_with_more_words_is_only_suggested(heading: str, maybe: str) -> None:
    known = {"name": "Nama", "position": "Jabatan", "party": "Instansi"}
    headings = [label for name, label in known.items() if name != maybe]
    read = table("\t".join([*headings, heading]) + "\nA\tB\tC\tD")
    place = len(headings)
    assert place not in read.columns.values()
    assert read.suggested.get(place, "") == maybe
    assert maybe or place in read.unclear


def test_a_heading_that_appears_twice_is_asked() -> None:
    read = table("Nama\tInstansi\tJabatan\tInstansi\nSiti\tA\tB\tC")
    assert read.columns == {"name": 0, "position": 2}
    assert read.suggested == {1: "party", 3: "party"}


def test_commas_part_no_columns_of_a_pasted_text() -> None:
    read = table("Siti Contoh, S.Sos, M.Si\tKabid\nBudi, S.H.\tStaf")
    assert [row.cells[0] for row in read.body] == [
        "Siti Contoh, S.Sos, M.Si",
        "Budi, S.H.",
    ]


def test_a_text_of_blank_lines_holds_no_rows() -> None:
    with pytest.raises(ValidationError):
        pasted_workbook(" \n\t\n")
