"""The village's month on a small phone, with a poor line and an impatient thumb."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page

from reports.monthly.models import FIGURES, ReportSlot, ReportVersion
from tests.e2e.browsing import PHONE, sideways
from tests.e2e.conftest import PageAs
from villages.register.models import Village

pytestmark = pytest.mark.e2e
OFFICIAL, LONTAR = "desa.lontar", "36.04.13.2007"
MOST_TAPS, MOST_NIL_TAPS = 20, 4
SEND = "main form[data-keep-draft] button.btn-primary"
MONTHS = (date(2024, month, 1) for month in range(1, 13))


@pytest.fixture
def slot(portal: str) -> Iterator[ReportSlot]:
    """A month of Lontar that nobody has reported yet."""
    village = Village.objects.get(region_id=LONTAR)
    month = next(MONTHS)
    made = ReportSlot.objects.create(
        village=village,
        month=month,
        due_on=date(month.year + 1, 1, 5),
    )
    yield made
    made.refresh_from_db()


@pytest.fixture
def phone(page_as: PageAs) -> Page:
    return page_as(OFFICIAL, PHONE, has_touch=True, is_mobile=True)


def place(slot: ReportSlot) -> str:
    return f"/laporan/bulanan/{LONTAR}/{slot.month:%Y-%m}/"


def figures_on(page: Page) -> list[str]:
    return [name for name in FIGURES if page.locator(f"main [name={name}]").count()]


def test_twelve_figures_take_few_taps(phone: Page, slot: ReportSlot) -> None:
    phone.goto(f"/laporan/bulanan/{LONTAR}/")
    phone.locator(f'main a[href*="/{slot.month:%Y-%m}/"]').first.tap()
    taps = 1
    if not phone.url.endswith("/isi/"):
        phone.locator('main a[href$="/isi/"]').first.tap()
        taps += 1
    for number, name in enumerate(figures_on(phone)):
        field = phone.locator(f"main [name={name}]")
        field.tap()
        field.fill("1" if number else "12")
        taps += 1
    phone.locator(SEND).tap()
    phone.wait_for_url("**/bukti/")
    assert taps + 1 <= MOST_TAPS
    assert phone.locator(".receipt__number").inner_text().strip()
    assert sideways(phone) == []
    slot.refresh_from_db()
    assert slot.status == "submitted"


def test_nothing_happened_takes_four_taps_at_most(
    phone: Page, slot: ReportSlot
) -> None:
    phone.goto(place(slot))
    phone.locator('main a[href$="/isi/"]').first.tap()
    phone.locator('main form[action$="/nihil/"] button').tap()
    taps = 3  # the month in the list, and the two above
    phone.wait_for_url("**/bukti/")
    assert taps <= MOST_NIL_TAPS
    assert ReportVersion.objects.get(report__slot=slot).is_nil


def test_two_quick_taps_send_once(phone: Page, slot: ReportSlot) -> None:
    sent: list[str] = []
    phone.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    phone.goto(f"{place(slot)}isi/")
    phone.locator("main [name=outreach_held]").fill("2")
    phone.locator(SEND).dblclick()
    phone.wait_for_url("**/bukti/")
    assert len(sent) == 1
    assert ReportVersion.objects.filter(report__slot=slot).count() == 1


def test_figures_wait_on_the_phone_while_the_line_is_down(
    phone: Page, slot: ReportSlot
) -> None:
    phone.goto(f"{place(slot)}isi/")
    phone.context.set_offline(True)
    phone.locator("main [name=outreach_held]").fill("7")
    phone.wait_for_timeout(900)  # the page keeps it after a pause in typing
    phone.context.set_offline(False)
    phone.goto(place(slot))
    phone.goto(f"{place(slot)}isi/")
    assert phone.locator("main [name=outreach_held]").input_value() == "7"
    assert phone.locator("main form [role=status]").is_visible()
    phone.locator(SEND).tap()
    phone.wait_for_url("**/bukti/")
    assert phone.evaluate("Object.keys(localStorage)") == []


def test_an_ended_session_loses_nothing_typed(page_as: PageAs) -> None:
    page = page_as()
    page.goto("/masuk/")
    sign_in(page)
    page.goto(f"/desa/{LONTAR}/kontak/baru/")
    page.fill("main [name=name]", "Perangkat Contoh 77")
    page.fill("main [name=position]", "Kepala dusun")
    page.context.clear_cookies(name="sessionid")
    page.click("main form[data-form] button.btn-primary")
    page.wait_for_url("**/masuk/**")
    sign_in(page)
    assert "Perangkat Contoh 77" in page.content()
    assert "Kepala dusun" in page.content()
    village = Village.objects.get(region_id=LONTAR)
    assert not village.contacts.filter(name="Perangkat Contoh 77").exists()
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/profil/")
    assert village.contacts.filter(name="Perangkat Contoh 77").exists()


def sign_in(page: Page) -> None:
    page.fill("main [name=username]", OFFICIAL)
    page.fill("main [name=password]", "latihan-desa-binaan")
    page.click("main form button.btn-primary")
