"""What the columns of a pasted table mean; unknown headings are asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.uploads.sheets.pasted import pasted_rows
from fgd.participants.pasted_headings import HeadingWords
from fgd.participants.pasted_tables import PastedTable, pasted_table, without_counts

WORDS = {
    "name": HeadingWords({"nama"}, {"lengkap", "gelar"}, {"nama"}),
    "position": HeadingWords({"jabatan"}, {"pangkat"}, {"jabatan"}),
    "party": HeadingWords({"instansi", "dinas", "asal"}, {"nama"}, {"instansi"}),
    "phone": HeadingWords({"hp", "telepon"}, {"no", "nomor"}, {"hp", "telepon"}),
}


def table(text: str, is_headed: bool | None = None) -> PastedTable:
    return pasted_table(pasted_rows(text), WORDS, is_headed)


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
    assert [row.cells for row in read.body] == [["A", "B", "C"], ["D", "E", "F"]]


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
    assert table(full).unclear == []
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
    assert read.counting == counting
    assert ("counting_column" in dict(read.remarks)) is (counting is not None)
    assert counting not in read.columns.values()


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
    clean = [[" ".join(cell.split()) for cell in row] for row in rows]
    clean = [row for row in clean if any(row)]
    read = pasted_table(clean, WORDS)
    left = len(clean) - len(read.body) - (read.is_headed is not False and bool(clean))
    assert left == 0 or read.remarks
