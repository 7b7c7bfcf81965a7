"""Further lists of the villages as files: the rows of their pages, scoped alike."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import ExportEvent
from desabinaan.uploads.models import UploadProgress, UploadRow
from tests.dataset import Dataset, assign
from tests.outreach.activities import (
    answer,
    close,
    measured,
    opened,
    planned,
    record_held,
)
from tests.test_exports import rows_of, sheet
from tests.vulnerability.villages import model_in_force
from villages.imports.models import VillageImport
from villages.outreach.selectors.activities import held_activities_for
from villages.outreach.selectors.learning import learned_in
from villages.places.models import Office
from villages.vulnerability import services as vulnerability_services
from villages.vulnerability.models import FigureImport

ZONING = "people:zoning_export"

LEARNING = "outreach:learning_export"


def table(client, route: str, query: str = "") -> list[dict[str, str]]:
    """The rows of the file by their Indonesian headings."""
    head, *rows = rows_of(sheet(client, route, query=query))
    return [dict(zip(head, row, strict=True)) for row in rows]


def named(client, query: str = "") -> list[str]:
    return [row["Desa"] for row in table(client, ZONING, query)]


# --- Zoning ------------------------------------------------------------------


def test_the_zoning_as_a_file_begins_with_villages_without_an_officer(signed_in):
    rows = table(signed_in("serang"), ZONING)
    pairs = [(row["Desa"], row["Petugas (PIMPASA)"]) for row in rows]
    assert pairs == [
        ("Pulo Panjang", ""),
        ("Tengkurak", ""),
        ("Lontar", "Contoh pimpasa"),
    ]
    assert {row["Kantor"] for row in rows} == {"Kanim Serang"}
    assert rows[0]["Kecamatan"] == "Pulo Ampel"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?petugas=tanpa", ["Pulo Panjang", "Tengkurak"]),
        ("?petugas={pimpasa}", ["Lontar"]),
        ("?kecamatan=36.04.13", ["Tengkurak", "Lontar"]),
        ("?kantor={tangerang}", ["Pulo Panjang", "Tengkurak", "Lontar"]),
    ],
)
def test_the_zoning_file_is_narrowed_like_its_page(
    dataset: Dataset, signed_in, asked, expected
):
    pimpasa, office = dataset.people["pimpasa"].pk, dataset.tangerang.pk
    query = asked.format(pimpasa=pimpasa, tangerang=office)
    assert named(signed_in("serang"), query) == expected


def test_a_pimpasa_takes_the_own_villages_along_and_no_other(signed_in):
    assert named(signed_in("pimpasa")) == ["Lontar"]


def test_the_zoning_file_says_of_which_office_it_is(dataset: Dataset, signed_in):
    kanwil = signed_in("kanwil")
    assert named(kanwil, f"?kantor={dataset.tangerang.pk}") == ["Kronjo"]
    assert named(kanwil) == ["Pulo Panjang", "Tengkurak", "Lontar"]
    noted = ExportEvent.objects.order_by("pk").values_list("filters", flat=True)
    assert [one["kantor"] for one in noted] == [
        str(dataset.tangerang.pk),
        str(dataset.serang.pk),
    ]


def test_without_villages_there_is_no_file_of_a_zone(dataset: Dataset, signed_in):
    cilegon = Office.objects.create(
        kind="kanim", name="Kanim Cilegon", short_name="Cilegon", parent=dataset.kanwil
    )
    assign(dataset.people["nobody"], Role.OFFICE_STAFF, office=cilegon)
    assert sheet(signed_in("nobody"), ZONING).url == "/desa/zonasi/"
    assert not ExportEvent.objects.exists()


# --- Imports -----------------------------------------------------------------


@pytest.fixture
def uploads(dataset: Dataset) -> None:
    """A committed list of Kanim Serang with one row, and one of Tangerang."""
    for office, person, status, done in (
        (dataset.serang, "serang", "previewed", 0),
        (dataset.tangerang, "tangerang", "committed", 7),
    ):
        listed = VillageImport.objects.create(
            office=office,
            uploaded_by=dataset.people[person],
            filename=f"{person}.xlsx",
            delete_on=date(2027, 1, 31),
            status=status,
        )
        UploadProgress.objects.create(parent=listed, done=done, total=done)
    lines = VillageImport.objects.get(office=dataset.serang).rows
    UploadRow.objects.create(parent=lines.instance, line=2)


@pytest.mark.usefixtures("uploads")
def test_imports_as_a_file_are_those_of_the_own_office(signed_in):
    for name in ("serang", "tangerang"):
        rows = table(signed_in(name), "imports:import_export")
        assert [row["Berkas"] for row in rows] == [f"{name}.xlsx"]
    rows = table(signed_in("kanwil"), "imports:import_export")
    pairs = [(row["Berkas"], row["Diunggah oleh"]) for row in rows]
    assert pairs == [
        ("tangerang.xlsx", "Contoh tangerang"),
        ("serang.xlsx", "Contoh serang"),
    ]
    assert [row["Baris dalam daftar"] for row in rows] == ["", "1"]
    assert [row["Baris yang disimpan"] for row in rows] == ["7", ""]
    assert {row["Menjadi"] for row in rows} == {"usulan kepada Kanwil"}


def test_figures_imported_elsewhere_are_in_no_file(dataset: Dataset, signed_in):
    far = Office.objects.create(kind="kanwil", name="Kanwil Jauh", short_name="Jauh")
    for office in (dataset.kanwil, far):
        listed = FigureImport.objects.create(
            office=office,
            filename=f"{office.short_name}.csv",
            delete_on=date(2027, 1, 31),
            uploaded_by=dataset.people["kanwil"],
        )
        UploadRow.objects.bulk_create(
            UploadRow(parent=listed, line=line) for line in (2, 3)
        )
    rows = table(signed_in("kanwil"), "vulnerability:figure_import_export")
    pairs = [
        (row["Berkas"], row["Baris dalam daftar"], row["Disimpan oleh"]) for row in rows
    ]
    assert pairs == [("Kanwil Banten.csv", "2", "")]


# --- The model of vulnerability ----------------------------------------------


def test_the_model_as_a_file_is_that_of_the_own_kanwil(dataset: Dataset, signed_in):
    far = Office.objects.create(kind="kanwil", name="Kanwil Jauh", short_name="Jauh")
    for kanwil in (far, dataset.kanwil):
        model_in_force(kanwil)
    vulnerability_services.start_draft(
        dataset.kanwil, acting_user=dataset.user("kanwil")
    )
    for name in ("kanwil", "pimpasa"):
        rows = table(signed_in(name), "vulnerability:vulnerability_model_export")
        assert {row["Kantor"] for row in rows} == {"Kanwil Banten"}
        versions = [row["Versi"] for row in rows]
        assert versions == sorted(versions, reverse=True)
        for version in set(versions):
            weights = [int(row["Bobot"]) for row in rows if row["Versi"] == version]
            assert (len(weights), sum(weights)) == (10, 100)
    signal = next(row for row in rows if row["Indikator"] == "Sinyal telepon")
    assert signal["Batas poin penuh"] == "tidak ada"


# --- What people learned -----------------------------------------------------


def test_learning_as_a_file_holds_what_the_page_adds_up(dataset: Dataset, signed_in):
    for place, right in (("lontar", 5), ("tengkurak", 3)):
        after = [True] * right + [False] * (5 - right)
        measured(
            record_held(planned(dataset, place), dataset), dataset, [False] * 5, after
        )
    rows = table(signed_in("serang"), LEARNING)
    assert [row["Desa"] for row in rows] == ["Tengkurak, Tirtayasa"] * 6 + [
        "Lontar, Tirtayasa"
    ] * 6
    assert {row["Kenaikan dalam poin"] for row in rows} == {"60", "100"}
    total = learned_in(held_activities_for(dataset.user("serang"))).total
    assert sum(int(row["Jawaban sebelum"]) for row in rows) == total.before.answered
    assert sum(int(row["Jawaban sesudah"]) for row in rows) == total.after.answered


@pytest.mark.parametrize(("before", "after"), [(4, 5), (5, 4)])
def test_a_group_below_five_answers_is_in_no_file(
    dataset: Dataset, signed_in, before, after
):
    activity = record_held(planned(dataset), dataset)
    measured(activity, dataset, [True] * before, [True] * after)
    assert table(signed_in("serang"), LEARNING) == []


def test_an_open_test_is_in_no_file(dataset: Dataset, signed_in):
    activity = record_held(planned(dataset), dataset)
    before = opened(activity, dataset)
    answer(before, *[False] * 5)
    close(before, dataset)
    answer(opened(activity, dataset, "after"), *[True] * 5)
    assert table(signed_in("serang"), LEARNING) == []


def test_learning_elsewhere_or_long_ago_stays_out_of_the_file(
    dataset: Dataset, signed_in
):
    old = timezone.now() - timedelta(days=400)
    for starts_at in (None, old):
        activity = record_held(planned(dataset, starts_at=starts_at), dataset)
        measured(activity, dataset, [False] * 5, [True] * 5)
    assert table(signed_in("tangerang"), LEARNING) == []
    serang = signed_in("serang")
    assert len(table(serang, LEARNING)) == 6
    asked = f"?sampai={timezone.localdate():%Y-%m-%d}"
    assert len(table(serang, LEARNING, asked)) == 12
    assert table(serang, LEARNING, f"{asked}&pilar=security") == []
    noted = [event.filters for event in ExportEvent.objects.order_by("pk")[1:3]]
    assert [sorted(one) for one in noted] == [["dari"], ["sampai"]]


# --- The buttons -------------------------------------------------------------


@pytest.mark.usefixtures("uploads")
def test_each_page_offers_its_file_with_the_filters_of_its_address(
    dataset: Dataset, signed_in
):
    kanwil = signed_in("kanwil")
    model_in_force(dataset.kanwil)
    sent = SimpleUploadedFile("angka.csv", b"Kode desa;Calo\n36.04.13.2007;2")
    kanwil.post("/desa/kerentanan/impor/", {"file": sent})
    for address, query in (
        ("/desa/zonasi/", "?petugas=tanpa"),
        ("/desa/impor/", ""),
        ("/desa/kerentanan/impor/", ""),
        ("/desa/kerentanan/model/", ""),
        ("/desa/kegiatan/hasil/", "?pilar=service"),
    ):
        page = kanwil.get(f"{address}{query}").text
        assert f'method="post" action="{address}unduh/{query}"' in page, address
