"""Twenty accounts are requested, approved and delivered in a few clicks."""

import pytest
from playwright.sync_api import Page

from desabinaan.accounts.models import User
from tests.e2e.browsing import DESK, PHONE, faults_of
from tests.e2e.conftest import PageAs

pytestmark = pytest.mark.e2e
HEAD = "Nama;Peran;Kode desa;Nama pengguna;Nomor surat;Mulai\n"
FAULTY = HEAD + "Warga Contoh 70;Auditor;Desa Entah;Dua Kata;;besok\n"
GOOD = HEAD + "".join(
    f"Warga Contoh {n};Perangkat desa;36.04.13.2007;warga.{n};400/{n}/2026;2/3/2026\n"
    for n in range(71, 91)
)


def choose(page: Page, text: str) -> None:
    file = {"name": "daftar.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("main [type=file]", file)
    page.click("main .form__actions .btn-primary")
    page.click("main .form__actions .btn-primary")  # the columns are as understood


def examined(page: Page) -> list[str]:
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        found += faults_of(page)
    return found


def test_twenty_people_take_less_than_seven_clicks_on_either_side(
    page_as: PageAs,
) -> None:
    kanim, kanwil = page_as("kanim.serang"), page_as("kanwil")
    kanim.goto("/akun/permintaan/berkas/")
    choose(kanim, FAULTY)
    found = examined(kanim)
    kanim.click("main .row-link")
    found += examined(kanim)
    kanim.goto("/akun/permintaan/")
    kanim.click("a[href='/akun/permintaan/berkas/']")
    choose(kanim, GOOD)
    found += examined(kanim)
    kanim.click("main form[action$='/terapkan/'] button")
    kanim.wait_for_selector("main .receipt")
    kanwil.goto("/akun/permintaan/")
    kanwil.click("a[href='/akun/permintaan/setujui/']")
    found += examined(kanwil)
    kanwil.click("main .form__actions .btn-primary")
    kanwil.wait_for_selector("main dl.links")
    found += examined(kanwil)
    with kanwil.expect_download() as paper:
        kanwil.click("main button.btn-primary")
    assert paper.value.suggested_filename == "slip-akun.pdf"
    assert User.objects.filter(username__startswith="warga.").count() == 20
    assert found == []
