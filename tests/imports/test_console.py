"""The command prints what the pages show, and does or says everything."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import NEW, decree, row
from villages.places.models import Region
from villages.register.models import Assignment, Village, VillageContact


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def run(
    tmp_path: Path, content: bytes, *options: str, output: StringIO | None = None
) -> str:
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(content)
    output = output or StringIO()
    call_command("import_villages", str(file), *options, stdout=output, stderr=output)
    return output.getvalue()


def test_the_command_takes_a_list_over(dataset: Dataset, tmp_path: Path) -> None:
    output = run(tmp_path, lists.xlsx_of([row(code=NEW[0], **decree())]))
    assert output.endswith("1 baris ditambahkan.\n")
    assert Village.objects.get(region_id=NEW[0]).status == "designated"


def test_the_command_names_doubts_and_takes_nothing_over(
    dataset: Dataset, tmp_path: Path
) -> None:
    content = lists.xlsx_of([row(code=NEW[0]), row(village="Antah")])
    output = StringIO()
    with pytest.raises(CommandError):
        run(tmp_path, content, output=output)
    assert "6" in output.getvalue()
    assert not Village.objects.filter(region_id=NEW[0]).exists()
    run(tmp_path, content, "--skip-doubtful")
    assert Village.objects.filter(region_id=NEW[0]).exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 photo", b"PK\x03\x04"])
def test_the_command_reports_a_file_without_a_list(
    dataset: Dataset, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, content)


def test_the_command_refuses_who_may_not(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, lists.xlsx_of([row(code=NEW[0])]), "--as", "official")


HEAD = "Kode;Desa;Kecamatan;Kabupaten"
SUKAJAYA = ";Sukajaya;Pontang;Kab. Serang"


def test_the_command_prints_what_each_column_was_understood_as(
    dataset: Dataset, tmp_path: Path
) -> None:
    content = f"{HEAD};Catatan;No. HP Pimpasa\n{SUKAJAYA};-;081200000009\n"
    output = run(tmp_path, content.encode())
    assert "“Kecamatan” dibaca sebagai Kecamatan" in output
    assert "“Catatan” tidak dipakai" in output
    assert '--column "No. HP Pimpasa=contact_phone"' in output
    assert not VillageContact.objects.filter(village__name="Sukajaya").exists()


def test_an_option_says_what_a_column_holds(dataset: Dataset, tmp_path: Path) -> None:
    content = f"{HEAD};Nama kades;HP kades\n{SUKAJAYA};Budi Contoh;081200000009\n"
    named = ["Nama kades=contact_name", "HP kades=contact_phone"]
    run(tmp_path, content.encode(), *(f"--column={one}" for one in named))
    contact = VillageContact.objects.get(village__name="Sukajaya")
    assert (contact.name, str(contact.phone)) == ("Budi Contoh", "+6281200000009")


@pytest.mark.parametrize("option", ["Desa", "Desa=", "Antah=village", "Desa=antah"])
def test_an_option_that_names_nothing_is_refused(
    dataset: Dataset, tmp_path: Path, option: str
) -> None:
    with pytest.raises(CommandError, match="--column"):
        run(tmp_path, f"{HEAD}\n{SUKAJAYA}\n".encode(), f"--column={option}")


def test_an_officer_is_assigned_by_an_account_only_and_it_is_said(
    dataset: Dataset, tmp_path: Path
) -> None:
    officer = dataset.people["pimpasa"].username
    head = f"{HEAD};PIMPASA;Nomor surat tugas;Tanggal surat tugas"
    content = f"{head}\n{SUKAJAYA};{officer};ST-77/2026;01/02/2026\n".encode()
    assert "--as" in run(tmp_path, content)
    assert not Assignment.objects.filter(village__name="Sukajaya").exists()
    run(tmp_path, content, "--as", dataset.people["kanwil"].username)
    assert Assignment.objects.filter(village__name="Sukajaya").exists()


def test_a_missing_letter_is_named_before_the_account_that_assigns(
    dataset: Dataset, tmp_path: Path
) -> None:
    officer = dataset.people["pimpasa"].username
    printed = run(tmp_path, f"{HEAD};PIMPASA\n{SUKAJAYA};{officer}\n".encode())
    assert "surat tugas" in printed
    assert "--as" not in printed


def test_every_note_is_printed(dataset: Dataset, tmp_path: Path) -> None:
    head = f"{HEAD};Nomor SK;Tanggal SK;Penandatangan;PIMPASA"
    lontar = "36.04.13.2007;Lontar;;;SK-BARU-1;02/11/2025;Kepala Contoh;Tak Dikenal"
    output = run(tmp_path, f"{head}\n{lontar}\n".encode())
    assert "SK-BARU-1" in output
    assert "Tak Dikenal" in output


def test_all_doubts_are_printed(dataset: Dataset, tmp_path: Path) -> None:
    rows = "\n".join(f";Antah {number};Pontang;Kab. Serang" for number in range(60))
    output = StringIO()
    with pytest.raises(CommandError):
        run(tmp_path, f"{HEAD}\n{rows}\n".encode(), output=output)
    assert "Antah 59" in output.getvalue()


def test_blanks_below_a_filled_cell_may_be_filled(
    dataset: Dataset, tmp_path: Path
) -> None:
    content = f"{HEAD}\n{SUKAJAYA}\n;Singarajan;;\n".encode()
    with pytest.raises(CommandError):
        run(tmp_path, content)
    run(tmp_path, content, "--fill-down")
    assert Village.objects.get(name="Singarajan").district_name == "Pontang"


def test_each_row_says_which_village_it_was_understood_as(
    dataset: Dataset, tmp_path: Path
) -> None:
    rows = f"{SUKAJAYA}\n;Lontra;Tirtayasa;Kab. Serang\n36.04.13.2007;Lontar;;\n"
    output = StringIO()
    with pytest.raises(CommandError):
        run(tmp_path, f"{HEAD}\n{rows}".encode(), output=output)
    sukajaya, lontra, lontar = [
        line for line in output.getvalue().splitlines() if line.startswith("Baris ")
    ]
    code = Region.objects.get(name="Sukajaya", parent__name="Pontang").code
    assert f"Sukajaya, Pontang, Kabupaten Serang ({code})" in sukajaya
    assert "100%" in sukajaya
    assert "Mungkin: Lontar, Tirtayasa, Kabupaten Serang (36.04.13.2007)" in lontra
    assert "(36.04.13.2007)" in lontar


def test_a_blank_below_a_filled_cell_names_the_option(
    dataset: Dataset, tmp_path: Path
) -> None:
    output = StringIO()
    with pytest.raises(CommandError):
        run(tmp_path, f"{HEAD}\n{SUKAJAYA}\n;Singarajan;;\n".encode(), output=output)
    assert "--fill-down" in output.getvalue()
    assert "halaman" not in output.getvalue()


def test_rows_are_printed_in_order_and_none_as_an_error(
    dataset: Dataset, tmp_path: Path
) -> None:
    file = tmp_path / "daftar.csv"
    file.write_bytes(f"{HEAD}\n;Antah;;\n{SUKAJAYA}\n;Berantah;;\n".encode())
    output, errors = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("import_villages", str(file), stdout=output, stderr=errors)
    found = [line for line in output.getvalue().splitlines() if "Baris " in line]
    assert [line.split(",")[0] for line in found] == ["Baris 2", "Baris 3", "Baris 4"]
    assert errors.getvalue() == ""


def test_what_is_not_ready_writes_nothing_and_says_so_as_the_page(
    dataset: Dataset, tmp_path: Path
) -> None:
    output = StringIO()
    content = f"{HEAD};Penduduk\n;Lontra;Tirtayasa;Kab. Serang;77\n"
    with pytest.raises(CommandError):
        run(tmp_path, content.encode(), output=output)
    assert "Penduduk: 77" not in output.getvalue()


@pytest.mark.parametrize("option", ["Antah=village", "=village", "desa=village"])
def test_a_heading_that_is_not_in_the_file_is_refused_with_those_that_are(
    dataset: Dataset, tmp_path: Path, option: str
) -> None:
    content = f"{HEAD};;Catatan\n{SUKAJAYA};;x\n".encode()
    with pytest.raises(CommandError, match=r"“Kode”, “Desa”.*“Catatan”"):
        run(tmp_path, content, f"--column={option}")


def test_a_column_is_one_thing_only(dataset: Dataset, tmp_path: Path) -> None:
    content = f"{HEAD};Program\n{SUKAJAYA};Budi Contoh\n".encode()
    named = ["--column=Program=contact_name", "--dry-run"]
    output = StringIO()
    run(tmp_path, content, *named, output=output)
    assert "“Program” dibaca sebagai Nama kontak" in output.getvalue()
    assert "skema" not in output.getvalue()
