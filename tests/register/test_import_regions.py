"""import_regions: idempotent, whole or not at all, bad rows by file and line."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.dataset import Dataset
from villages.places.models import Region
from villages.places.region_files import DATA_FOLDER
from villages.register.models import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four small files of our own."""
    files = {
        "provinces.csv": "code,name\n36,Banten\n",
        "regencies.csv": "code,province_code,name\n36.04,36,Kabupaten Serang\n",
        "districts.csv": "code,regency_code,name\n36.04.13,36.04,Tirtayasa\n",
        "villages.csv": (
            "code,district_code,name\n"
            "36.04.13.2007,36.04.13,Lontar\n"
            "36.04.13.1001,36.04.13,Ma'ruf\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_bantens_regions_come_in_twice_and_stay_the_same(capsys):
    call_command("import_regions")
    call_command("import_regions")
    assert "1716" in capsys.readouterr().out.splitlines()[-1]
    assert Region.objects.count() == 1716
    assert Region.objects.filter(kind="kelurahan").count() == 314
    assert Region.objects.get(pk="36.04.13.2007").parent.name == "Tirtayasa"


def test_a_new_name_reaches_the_register_and_its_record(dataset: Dataset, folder: Path):
    change(folder, "villages.csv", "Lontar", "Lontar Jaya")
    change(folder, "districts.csv", "Tirtayasa", "Tirta Yasa")
    call_command("import_regions", folder)
    village = Village.objects.get(pk=dataset.villages["lontar"].pk)
    assert str(village) == "Lontar Jaya, Tirta Yasa"
    assert village.events.get().verb == "rename"
    assert village.events.get().note.startswith("Lontar, Tirtayasa")


def test_regions_the_folder_does_not_name_stay(dataset: Dataset, folder: Path):
    call_command("import_regions", folder)
    assert Region.objects.filter(pk="36.03.07.2001").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("villages.csv", "district_code", "kecamatan", "district_code"),
        ("villages.csv", "36.04.13.2007,", "36.04.13.7,", "villages.csv, baris 2"),
        ("villages.csv", "36.04.13.2007,", "36.04.13.9007,", "villages.csv, baris 2"),
        ("villages.csv", "36.04.13,Ma", "36.04.14,Ma", "villages.csv, baris 3"),
        ("villages.csv", "36.04.13.2007,", "36.04.12.2007,", "villages.csv, baris 2"),
        ("villages.csv", "Lontar", "  ", "villages.csv, baris 2"),
        ("villages.csv", "Lontar", "x" * 101, "villages.csv, baris 2"),
        ("villages.csv", "Lontar", "Lon\0tar", "villages.csv"),
        ("villages.csv", "Lontar", "Lontar,Timur", "villages.csv, baris 2"),
        ("villages.csv", "13.1001", "13.2007", "villages.csv, baris 3"),
        ("villages.csv", "Lontar", '"Lontar', "villages.csv"),
        ("districts.csv", "36.04.13,", "3６.04.13,", "districts.csv, baris 2"),
        ("provinces.csv", "code,name", "code;name", "provinces.csv"),
    ],
)
def test_a_bad_row_is_named_and_nothing_comes_in(folder, file, old, new, message):
    change(folder, file, old, new)
    with pytest.raises(CommandError, match=message):
        call_command("import_regions", folder)
    assert not Region.objects.exists()


def test_a_missing_column_is_reported_in_one_sentence(folder):
    change(folder, "villages.csv", "district_code", "kecamatan")
    with pytest.raises(CommandError) as refused:
        call_command("import_regions", folder)
    assert "district_code" in str(refused.value).splitlines()[0]


def test_a_missing_file_and_another_encoding_are_reported(folder):
    shutil.copy(DATA_FOLDER / "provinces.csv", folder / "districts.csv")
    (folder / "districts.csv").write_bytes(b"code,regency_code,name\n36.04.13,\xff")
    with pytest.raises(CommandError, match=r"districts\.csv"):
        call_command("import_regions", folder)
    (folder / "provinces.csv").unlink()
    with pytest.raises(CommandError, match=r"provinces\.csv"):
        call_command("import_regions", folder)
    assert not Region.objects.exists()
