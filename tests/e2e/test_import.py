"""A list with every kind of problem is uploaded, corrected and saved."""

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import DESK, PHONE, faults_of
from tests.e2e.conftest import PageAs
from tests.imports.lists import decree, row, xlsx_of
from villages.imports.models import VillageImport
from villages.register.models import Village

pytestmark = pytest.mark.e2e
SERANG = {"regency": "Kabupaten Serang"}
SEND = "main form.form button[type=submit]"
ROWS = [
    row(code="36.04.12.2001", village="Pontang", **decree("12 November 2025", "W-7")),
    row(village="Ds. Sukajaya", district="Kec. Pontang", **SERANG),
    row(village="LONTAR"),
    row(village="Lontra", district="Tirtayasa", **SERANG),
    row(village="Mauk", regency="Kab. Tangerang"),
    row(code="36.04.12.2003", latitude="106,26", longitude="-6,01"),
    row(code="36.04.12.2004", **decree("1/1/2099", "W-8")),
    row(village="Antah Berantah", district="Tirtayasa", **SERANG),
]


def upload(page: Page, name: str, content: bytes) -> None:
    page.goto("/desa/impor/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("main [name=file]", file)
    page.click(SEND)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_photo_is_refused_and_nothing_is_saved(page_as: PageAs, width: int) -> None:
    page = page_as("kanwil", width, java_script_enabled=False)
    before = VillageImport.objects.count()
    upload(page, "daftar.xlsx", b"\xff\xd8\xff\xe0" + bytes(400))
    assert "berupa gambar" in page.locator(".error-summary").inner_text()
    assert VillageImport.objects.count() == before


def test_a_list_is_uploaded_corrected_and_saved(page_as: PageAs) -> None:
    page = page_as("kanwil", java_script_enabled=False)
    upload(page, "daftar.xlsx", xlsx_of(ROWS))
    page.click(SEND)
    listed = VillageImport.objects.latest("pk")
    assert listed.rows.filter(check_result="doubtful").count() == 6

    page.click("main .page-head__primary a")
    page.select_option("main tbody tr:nth-child(1) select", "36.04.13.2007")
    page.select_option("main tbody tr:nth-child(2) select", "lewati")
    page.select_option("main tbody tr:nth-child(3) select", index=1)
    page.click("main .form__actions button")
    assert listed.rows.filter(check_result="doubtful").count() == 3

    page.click('main tbody a.row-link:text-is("36.04.12.2003")')
    page.fill("main [name=latitude]", "-6,01")
    page.fill("main [name=longitude]", "106,26")
    page.click(SEND)
    assert listed.rows.filter(check_result="doubtful").count() == 2
    page.goto(f"/desa/impor/{listed.pk}/")
    page.click("main .page-head__secondary form[action$='/lewati/'] button")
    page.click("main form[action$='/terapkan/'] button")
    listed.refresh_from_db()
    assert listed.status == "committed"
    assert page.locator("main .receipt").is_visible()
    assert Village.objects.get(region_id="36.04.12.2001").status == "designated"


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_of_an_import_can_be_read_by_all(
    page_as: PageAs, width: int
) -> None:
    page = page_as("kanwil", width)
    upload(page, "daftar.xlsx", xlsx_of(ROWS))
    found = faults_of(page)
    page.click(SEND)
    page.wait_for_load_state()
    found += faults_of(page)
    page.click("main .page-head__primary a")
    page.wait_for_load_state()
    found += faults_of(page)
    page.click("main tbody a.row-link >> nth=0")
    page.wait_for_load_state()
    assert found + faults_of(page) == []


def test_the_register_leaves_as_a_file_with_its_filter(page_as: PageAs) -> None:
    page = page_as("kanim.serang", java_script_enabled=False)
    page.goto("/desa/?status=designated")
    with page.expect_download() as download:
        page.click("main .downloads button[value=csv]")
    text = download.value.path().read_text("utf-8-sig")
    assert "36.04.13.2007" in text
    assert "36.03.07.2001" not in text
