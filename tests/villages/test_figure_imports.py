"""Figures from a spreadsheet: faults are told by line, all of it or nothing counts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from desabinaan.lib.transitions import IllegalTransition
from desabinaan.lib.workbooks import headed_table, workbook_of
from tests.lib.samples import jpg
from tests.locks import locked_by
from tests.villages.vulnerable import model_in_force
from tests.world import World, make_village
from villages import actions
from villages.models import FigureImport, Office, VulnerabilityInput
from villages.selectors.figure_imports import HEADINGS
from villages.selectors.figure_template import figure_template

ADDRESS = "/desa/kerentanan/impor/"


def test_nobody_is_told_of_a_fault_before_anything_was_sent(signed_in) -> None:
    page = signed_in("kanwil").get(ADDRESS).content.decode()
    assert "error-summary" not in page


HEAD = "Kode desa;Tanggal data;Sumber;Pekerja migran;Kemiskinan (%);Calo;Pantai;Sinyal"
GOOD = "36.04.13.2007;1/10/2026;BPS contoh;62,5;12,5;2;ya;kuat"


def send(desk, *lines: str, head: str = HEAD):
    content = "\n".join([head, *lines]).encode()
    return desk.post(ADDRESS, {"file": SimpleUploadedFile("angka.csv", content)})


def table():
    return headed_table(workbook_of(f"{HEAD}\n{GOOD}".encode()), HEADINGS)


def faults(page) -> dict[int, list[str]]:
    return {row.line: row.faults for row in page.context["judged"].faulty}


@pytest.fixture
def desk(signed_in, world: World):
    model_in_force(world.kanwil)
    return signed_in("kanwil")


def test_a_clean_file_is_looked_over_first_and_then_taken_over(world, desk):
    address = send(desk, GOOD).url
    page = desk.get(address)
    assert (page.context["judged"].new, faults(page)) == (5, {})
    assert not VulnerabilityInput.objects.exists()
    assert desk.post(f"{address}ambil/").url == address
    rows = world.villages["lontar"].vulnerability_inputs.all()
    assert {row.indicator: str(row.value) for row in rows} == {
        "migration": "62.50",
        "poverty": "12.50",
        "brokers": "2.00",
        "border": "1.00",
        "signal": "3.00",
    }
    assert world.villages["lontar"].vulnerability_scores.get().confidence == 54
    assert world.villages["lontar"].vulnerability_events.get().note == "angka.csv"


def test_the_same_file_again_adds_nothing(desk):
    for _time in range(2):
        address = send(desk, GOOD).url
        desk.post(f"{address}ambil/")
    assert VulnerabilityInput.objects.count() == 5
    assert desk.get(address).context["judged"].known == 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (";1/10/2026;BPS;1;;;;", "Kode desa belum diisi"),
        ("99.99.99.9999;1/10/2026;BPS;1;;;;", "Tidak ada desa dalam binaan"),
        ("36.04.13.2007;;BPS;1;;;;", "Tanggal data belum diisi"),
        ("36.04.13.2007;31/2/2026;BPS;1;;;;", "bukan tanggal"),
        ("36.04.13.2007;1/10/2099;BPS;1;;;;", "masa depan"),
        ("36.04.13.2007;1/10/2026;;1;;;;", "Sebutkan sumbernya"),
        ("36.04.13.2007;1/10/2026;BPS;1.234,5;;;;", "antara 0 dan 1.000"),
        ("36.04.13.2007;1/10/2026;BPS;banyak;;;;", "bukan angka"),
        ("36.04.13.2007;1/10/2026;BPS;;;1,5;;", "bilangan bulat"),
        ("36.04.13.2007;1/10/2026;BPS;;;;mungkin;", "bukan salah satu jawaban"),
        ("36.04.13.2007;1/10/2026;BPS;;;;;", "tidak berisi angka"),
    ],
)
def test_every_fault_is_told_with_its_line_and_stops_the_file(desk, line, told):
    address = send(desk, GOOD, line).url
    page = desk.get(address)
    assert told in " ".join(faults(page)[3])
    assert told in page.content.decode()
    assert desk.post(f"{address}ambil/").status_code == 302
    assert not VulnerabilityInput.objects.exists()


def test_a_village_of_another_kanwil_is_not_known(world, desk):
    far = Office.objects.create(kind="kanwil", name="Jauh", short_name="Jauh")
    make_village("36.04.13.2008", far)
    line = GOOD.replace("36.04.13.2007", "36.04.13.2008")
    page = desk.get(send(desk, line).url)
    assert "Tidak ada desa dalam binaan" in faults(page)[2][0]


def test_the_same_figure_twice_in_a_file_is_told(desk):
    page = desk.get(send(desk, GOOD, GOOD).url)
    assert "sudah ada di baris 2" in faults(page)[3][0]


def test_a_photo_is_no_spreadsheet_and_headings_must_be_known(desk):
    photo = SimpleUploadedFile("angka.xlsx", jpg())
    page = desk.post(ADDRESS, {"file": photo})
    assert "bukan lembar kerja" in page.content.decode()
    page = send(desk, "a;b", head="Satu;Dua")
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert "kosong" in send(desk).content.decode()
    assert not FigureImport.objects.exists()


def test_many_rows_are_left_to_the_worker(world, desk, monkeypatch):
    monkeypatch.setattr("villages.actions.figure_imports.AT_ONCE", 0)
    address = send(desk, GOOD).url
    desk.post(f"{address}ambil/")
    kept = FigureImport.objects.get()
    assert (kept.status, VulnerabilityInput.objects.count()) == ("waiting", 0)
    assert "sedang diambil alih" in desk.get(address).content.decode()
    for _time in range(2):
        actions.apply_figures(kept.pk)
    kept.refresh_from_db()
    assert (kept.status, kept.added) == ("applied", 5)
    assert VulnerabilityInput.objects.count() == 5


def test_a_figure_that_came_meanwhile_is_not_doubled(world, desk):
    first, second = send(desk, GOOD).url, send(desk, GOOD).url
    desk.post(f"{first}ambil/")
    desk.post(f"{second}ambil/")
    assert VulnerabilityInput.objects.count() == 5


def test_a_spreadsheet_is_taken_over_once(world, desk):
    send(desk, GOOD)
    kept = FigureImport.objects.get()
    actions.take_over_figures(kept, acting_user=world.user("kanwil"))
    with pytest.raises(IllegalTransition, match="sudah diambil alih"):
        actions.take_over_figures(kept, acting_user=world.user("kanwil2"))


def test_sheet_and_villages_are_held_while_it_is_taken_over(world, desk):
    send(desk, GOOD)
    kept, kanwil = FigureImport.objects.get(), world.user("kanwil")
    assert locked_by(lambda: actions.take_over_figures(kept, acting_user=kanwil)) == [
        "villages_figureimport",
        "villages_village",
    ]


def test_more_rows_than_the_limit_are_refused(desk, monkeypatch):
    monkeypatch.setattr("villages.actions.figure_imports.MOST_ROWS", 1)
    assert "lebih dari 1 baris" in send(desk, GOOD, GOOD).content.decode()


def test_the_dry_run_takes_the_same_queries_for_any_number(
    world, desk, django_assert_max_num_queries
):
    few, many = send(desk, GOOD).url, send(desk, *[GOOD] * 40).url
    desk.get(few)
    for address in (few, many):
        with django_assert_max_num_queries(8):
            desk.get(address)


def test_the_template_is_understood(desk):
    content = figure_template().decode("utf-8-sig").strip()
    line = ["36.04.13.2007", "1/10/2026", "BPS", "62,5"]
    line += [""] * (content.count(";") - 3)
    page = desk.get(send(desk, ";".join(line), head=content).url)
    assert (page.context["judged"].new, faults(page)) == (1, {})
    assert desk.get(f"{ADDRESS}contoh/").content == figure_template()


@pytest.mark.parametrize("name", ["serang", "pimpasa", "official", "auditor"])
def test_nobody_else_sends_or_reads_spreadsheets(world, desk, signed_in, name):
    address = send(desk, GOOD).url
    kept = FigureImport.objects.get()
    user = world.user(name)
    for deed in (
        lambda: actions.take_over_figures(kept, acting_user=user),
        lambda: actions.keep_figures(
            world.kanwil, "angka.csv", table(), acting_user=user
        ),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    other = signed_in(name)
    assert send(other, GOOD).status_code == 403
    assert other.get(address).status_code == 404
    assert other.post(f"{address}ambil/").status_code == 404
