"""The map in a browser: by mouse or keyboard, with words for every shape, and small."""

import gzip

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.browsing import faults_of
from tests.e2e.conftest import PageAs

pytestmark = pytest.mark.e2e

MAP = "/desa/peta/"
POINT = ".map .leaflet-marker-icon[role=button]"
FIRST_VISIT = 130_000  # Leaflet takes 45 kB of them


def opened(page: Page) -> Page:
    page.goto(MAP)
    expect(page.locator(POINT).first).to_be_visible()
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_the_map_is_shown_and_readable_for_everybody(page_as: PageAs, width) -> None:
    page = opened(page_as("kanwil", width))
    assert faults_of(page) == []
    words = page.locator(POINT).evaluate_all("all => all.map(e => e.ariaLabel)")
    assert all("ikunjungi dalam 90 hari" in word for word in words)
    expect(page.locator("[data-map-status]")).to_contain_text("12 desa")


def test_the_keyboard_opens_groups_and_villages(page_as: PageAs) -> None:
    page = opened(page_as("kanwil"))
    groups = page.locator(f"{POINT}[aria-label*=' dari ']")
    before = groups.count()
    groups.first.press("Enter")
    expect(groups).not_to_have_count(before)
    page.goto(MAP)
    page.locator(f"{POINT}[aria-label^='Muara, Wanasalam']").press("Enter")
    link = page.get_by_role("link", name="Buka desa ini")
    expect(link).to_be_focused()
    expect(page.locator(".leaflet-popup")).to_contain_text("Kunjungan terakhir")
    link.press("Enter")
    page.wait_for_url("**/desa/36.02.21.2005/")


def test_the_choice_changes_shapes_and_legend(page_as: PageAs) -> None:
    page = opened(page_as("kanwil"))
    page.get_by_label("PIMPASA", exact=True).first.check()
    muara = page.locator(f"{POINT}[aria-label^='Muara, Wanasalam']")
    expect(muara).to_have_attribute("aria-label", "Muara, Wanasalam: Ada PIMPASA")
    expect(page.locator("[data-legend=officers]")).to_be_visible()
    expect(page.locator("[data-legend=visited]")).to_be_hidden()


def test_without_javascript_only_the_table_is_shown(page_as: PageAs) -> None:
    page = page_as("kanwil", 360, java_script_enabled=False)
    page.goto(MAP)
    expect(page.locator(".map")).to_be_hidden()
    page.get_by_role("link", name="Kabupaten Lebak").click()
    page.wait_for_url("**/desa/?kabupaten=36.02")


def test_the_first_visit_stays_small(page_as: PageAs) -> None:
    page = page_as("kanwil")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(MAP, wait_until="networkidle")
    sizes = [len(gzip.compress(answer.body())) for answer in answers]
    assert sum(sizes) <= FIRST_VISIT
