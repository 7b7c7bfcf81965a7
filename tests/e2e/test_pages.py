"""Every page, as everybody finds it: whole, accessible, and no wider than a phone.

A page that several people share is examined for the first of them only.
"""

import pytest
from playwright.sync_api import Page

from tests.e2e.browser_data import NEWCOMER
from tests.e2e.browsing import DESK, PHONE, faults_of, sideways
from tests.e2e.conftest import Crawled, Desk, PageAs

pytestmark = pytest.mark.e2e
PEOPLE = (
    "kanwil",
    "kanim.serang",
    "pimpasa.tirtayasa",
    "desa.lontar",
    "dinsos",
    "pimpinan",
    "auditor",
    "triase.serang",
    "admin",
)
OPEN_PAGES = (
    "/masuk/",
    "/masuk/lupa/",
    "/masuk/kode/",
    "/akun/sandi/tidak-ada/",
    "/bantuan/",
    "/privasi/",
    "/tidak-ada/",
)
MAIN_PAGES = (
    "portal:home",
    "portal:village_overview",
    "register:village_list",
    "register:village_edit",
    "sessions:session_detail",
    "participants:session_participants",
    "plan:session_agreements",
    "plan:action_list",
    "plan:action_detail",
    "monthly:report_list",
    "monthly:report_detail",
)


@pytest.fixture(scope="module")
def examined() -> set[str]:
    return {"portal:help", "portal:privacy"}


def kind_of(route: str) -> str:
    """Of the many like pages of Django's administration, one of each kind is enough."""
    return f"admin:{route.rpartition('_')[2]}" if "admin:" in route else route


def examine(page: Page, path: str, finding: str = "") -> list[str]:
    """Faults of one page, on the desk and on a phone."""
    page.set_viewport_size({"width": DESK, "height": 800})
    page.goto(path, wait_until="load")
    faults = [f"{finding or path} {DESK}: {fault}" for fault in faults_of(page)]
    page.set_viewport_size({"width": PHONE, "height": 740})
    return faults + [f"{finding or path} {PHONE}: {fault}" for fault in faults_of(page)]


@pytest.mark.parametrize("username", [*PEOPLE, NEWCOMER])
def test_pages_are_whole_and_accessible(
    username: str, crawled: Crawled, page_as: PageAs, examined: set[str]
) -> None:
    page = page_as(username)
    faults: list[str] = []
    for route, found in crawled(username).items():
        route = kind_of(route)
        empty = username == NEWCOMER and route.endswith("_list")
        if route not in examined or route == "portal:home" or empty:
            examined.add(route)
            faults += examine(page, found.path)
    assert faults == []


@pytest.mark.parametrize("username", [*PEOPLE, NEWCOMER])
def test_every_link_leads_to_a_page(username: str, crawled: Crawled) -> None:
    for found in crawled(username).values():
        sheet = found.sheet
        assert found.status == 200, found.path
        assert sheet.tags.count("h1") == 1 or found.route.startswith("admin:"), (
            found.path
        )
        assert "h1" in sheet.tags, found.path
        assert sheet.title, found.path
        assert sheet.language.startswith("id"), found.path


def test_the_administration_obeys_the_strict_policy(
    crawled: Crawled, page_as: PageAs
) -> None:
    page = page_as("admin")
    for route, found in crawled("admin").items():
        if route.startswith("admin:"):
            page.goto(found.path)
    # The fixture reports what the browser refused when the page is closed.


def test_open_pages_are_accessible(page_as: PageAs) -> None:
    page = page_as()
    assert [fault for path in OPEN_PAGES for fault in examine(page, path)] == []


def test_lists_without_a_hit_are_accessible(crawled: Crawled, page_as: PageAs) -> None:
    page = page_as("kanwil")
    faults: list[str] = []
    for route, found in crawled("kanwil").items():
        searches = [form for form in found.sheet.forms if form.method == "get"]
        if route.endswith("_list") and any(form.asks for form in searches):
            query = "&".join(
                f"{name}=zzzz"
                for form in searches
                for kind, name, _value in form.fields
                if kind in {"text", "search"}
            )
            faults += examine(page, f"{found.path.split('?')[0]}?{query}")
    assert faults == []


def test_main_pages_work_at_400_percent_zoom(desk: Desk, crawled: Crawled) -> None:
    page = desk.page("kanwil", 320)
    faults: list[str] = []
    for route in MAIN_PAGES:
        page.goto(crawled("kanwil")[route].path)
        faults += [f"{route}: {fault}" for fault in sideways(page)]
    assert faults == []
