"""Totals, notes and signatures are no part of a list; each is named."""

import pytest
from django.core.exceptions import ValidationError

from desabinaan.uploads.sheets.reading import pasted_workbook, workbook_of
from desabinaan.uploads.sheets.remarks import remark_message
from desabinaan.uploads.sheets.unheaded import perhaps_headed_table
from tests.uploads.tables import table_in
from tests.uploads.test_pasted_tables import UNHEADED
from tests.uploads.test_pasted_tables import WORDS as PEOPLE

WORDS = {"village": ["desa"], "district": ["kecamatan"], "regency": ["kabupaten"]}
SIGNED = [
    ";;Serang, 12 November 2025",
    ";;Kepala Kantor,",
    ";;Nama Contoh",
    ";;NIP. 19700101 200001 1 001",
]
LONTAR, SUSUKAN = "Lontar;Tirtayasa;Serang", "Susukan;Tirtayasa;Serang"


def read(*lines: str) -> tuple[list[str], list[str]]:
    """Return the first cells of the rows, and the remarks in words."""
    table = table_in("\n".join(["Desa;Kecamatan;Kabupaten", *lines]).encode(), WORDS)
    remarks = [remark_message(key, details) for key, details in table.remarks]
    return [row.cells[0] for row in table.body], remarks


@pytest.mark.parametrize(
    "ending",
    [
        ["JUMLAH;2;"],
        ["Total;;"],
        [";Jumlah seluruhnya: 2 desa;"],
        ["Keterangan: data Oktober 2025;;", "* belum diperiksa;;"],
        ["Sumber: BPS contoh;;"],
        ["Keterangan:;;", "1. Peserta hadir lebih awal;;", "2;Bawa surat tugas;"],
        ["*) waktu dapat berubah;;"],
        ["JUMLAH;;2", *SIGNED],
        ["Mengetahui,;;Serang, 12 November 2025", "Ketua;;Sekretaris", "Budi;;Ani"],
    ],
)
def test_what_ends_a_list_is_skipped_and_named(ending: list[str]) -> None:
    names, remarks = read(LONTAR, SUSUKAN, *ending)
    assert names == ["Lontar", "Susukan"]
    (remark,) = remarks
    for at, line in enumerate(ending, start=4):
        text = " ".join(filter(None, line.split(";")))
        assert f"{at} “{text}”" in remark


@pytest.mark.parametrize(
    "line",
    [
        "Jumlah Jaya;Tirtayasa;Serang",
        "Total;Tirtayasa;Serang",
        "Sumber;Tirtayasa;Serang",
        "Jumlah Jaya;;",
        "Sumber;;",
        "Keterangan;;",
    ],
)
def test_a_village_of_such_a_name_is_a_row(line: str) -> None:
    names, remarks = read(LONTAR, line)
    assert (names[1], remarks) == (line.split(";")[0], [])


def test_a_note_between_rows_hides_none_below_it() -> None:
    names, remarks = read(LONTAR, "Keterangan: baru;;", SUSUKAN)
    assert (len(names), remarks) == (3, [])


def test_a_subtotal_between_rows_is_skipped() -> None:
    names, remarks = read(LONTAR, ";Jumlah;1", "Susukan;;")
    assert names == ["Lontar", "Susukan"]
    assert "3 “Jumlah 1”" in remarks[0]


def test_a_table_of_nothing_else_is_kept() -> None:
    assert read("JUMLAH;2;") == (["JUMLAH"], [])


@pytest.mark.parametrize("headings", ["Nama\n", ""])
def test_points_of_a_note_below_names_alone_are_skipped(headings: str) -> None:
    notes = "Keterangan:\n1. Peserta hadir lebih awal\n*) waktu dapat berubah"
    book = pasted_workbook(f"{headings}Siti\nBudi\n{notes}")
    table = perhaps_headed_table(book, PEOPLE, UNHEADED, bool(headings))
    assert [row.cells[0] for row in table.body] == ["Siti", "Budi"]
    remarks = [key for key, _details in table.remarks]
    assert remarks.count("not_of_the_list") == 1


@pytest.mark.parametrize("headings", ["Nama\tJabatan\tInstansi\n", ""])
def test_a_pasted_table_loses_its_ending_as_well(headings: str) -> None:
    rows = "Siti\tStaf\tDinsos\nBudi\tStaf\tPolres\nJUMLAH\t2\t"
    book = pasted_workbook(f"{headings}{rows}\nSumber: surat undangan")
    table = perhaps_headed_table(book, PEOPLE, UNHEADED, bool(headings))
    assert [row.cells[0] for row in table.body] == ["Siti", "Budi"]
    ((key, details),) = table.remarks
    assert "“JUMLAH 2”" in remark_message(key, details)


def test_a_cell_of_immense_length_is_named_by_line_and_column() -> None:
    with pytest.raises(ValidationError) as refused:
        workbook_of(b"Desa;Alasan\nLontar;" + b"x" * 20_001)
    assert "baris 2, kolom B" in refused.value.messages[0]
