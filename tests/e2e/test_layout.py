"""How heavy the pages are, how they print, and how one gets about by keyboard."""

import gzip
from io import BytesIO

import pytest
from playwright.sync_api import Page, Response
from pypdf import PdfReader

from tests.e2e.conftest import PageAs
from tests.e2e.crawl import client_of

pytestmark = pytest.mark.e2e
LISTS = (
    "/desa/",
    "/laporan/bulanan/",
    "/rencana-aksi/",
    "/fgd/",
    "/fgd/instansi/",
    "/akun/orang/",
    "/akun/permintaan/",
)
KB = 1000
LIST, FIRST_VISIT, SCRIPT = 10 * KB, 75 * KB, 25 * KB
OVERVIEW = "/desa/36.04.13.2007/"


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_light(path: str, portal: str) -> None:
    response = client_of("kanwil").get(path, headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) <= LIST


@pytest.mark.parametrize("path", ["/masuk/", "/", OVERVIEW, "/rencana-aksi/"])
def test_first_visit_is_light(path: str, page_as: PageAs) -> None:
    page = page_as("kanwil" if path != "/masuk/" else "")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    assert sum(sizes.values()) <= FIRST_VISIT
    assert scripts <= SCRIPT


def test_the_overview_prints_without_navigation(page_as: PageAs) -> None:
    page = page_as("kanwil")
    page.goto(OVERVIEW)
    page.emulate_media(media="print")
    assert not page.locator("nav:visible").count()
    assert page.locator("h1").is_visible()


def test_the_overview_of_a_full_village_fits_on_one_sheet(page_as: PageAs) -> None:
    page = page_as("kanim.serang")
    page.goto(OVERVIEW)
    for part in ("Kerentanan", "Pengetahuan warga", "Berkas", "Aksi terbuka"):
        assert page.get_by_role("heading", name=part, exact=True).count() == 1
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1


def test_the_keyboard_finds_its_way(page_as: PageAs) -> None:
    page = page_as()
    page.goto("/masuk/")
    page.locator("body").press("Tab")
    assert page.locator(".skip-link").evaluate("e => e === document.activeElement")
    place = page.locator(".skip-link").bounding_box()
    assert place is not None
    assert place["y"] >= 0
    assert ring(page)
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.locator("[name=username]").evaluate("e => e === document.activeElement")
    assert ring(page)


def ring(page: Page) -> bool:
    """Whatever has the focus shows it."""
    is_visible: bool = page.evaluate(
        """() => {
            const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                || style.boxShadow !== 'none';
        }"""
    )
    return is_visible
