"""Sent, back, sent again: one row, with and without JavaScript."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageAs
from villages.register.models import VillageContact

pytestmark = pytest.mark.e2e
ADD = "/desa/36.04.13.2007/kontak/baru/"
SEND = "form.form button.btn-primary"


def send_go_back_send_again(page: Page) -> str:
    """Return the name that was typed once and sent twice."""
    name = f"Ma'mun {uuid4()}"
    page.goto(ADD)
    page.fill("[name=name]", name)
    page.fill("[name=position]", "Sekretaris")
    page.click(SEND)
    page.wait_for_url("**/profil/")
    page.go_back()
    expect(page.locator("[name=name]")).to_have_value(name)
    page.click(SEND)
    return name


def test_the_same_form_is_answered_with_what_was_saved(page_as: PageAs) -> None:
    page = page_as("kanim.serang")
    name = send_go_back_send_again(page)
    page.wait_for_url("**/profil/")
    expect(page.locator("main")).to_contain_text("Sudah tersimpan sebelumnya.")
    assert VillageContact.objects.filter(name=name).count() == 1


def test_without_javascript_the_same_text_is_asked_about(page_as: PageAs) -> None:
    page = page_as("kanim.serang", java_script_enabled=False)
    name = send_go_back_send_again(page)
    expect(page.locator("main")).to_contain_text("Isian yang sama persis")
    assert VillageContact.objects.filter(name=name).count() == 1
    page.click("text=Simpan sebagai data tambahan")
    page.wait_for_url("**/profil/")
    assert VillageContact.objects.filter(name=name).count() == 2
