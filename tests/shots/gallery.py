"""The pictures: one per person, named route, language and width."""

from pathlib import Path

from django.conf import settings
from django.test.utils import setup_test_environment
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from desabinaan.accounts.models import User
from tests.e2e import crawl
from tests.e2e.browser_data import add_browser_data
from tests.e2e.browsing import DESK, LAUNCH, PHONE

PEOPLE = (
    "admin",
    "kanwil",
    "kanim.serang",
    "pimpasa.tirtayasa",
    "desa.lontar",
    "dinsos",
    "pimpinan",
    "auditor",
    "triase.serang",
)
OPEN_PAGES = (
    "/masuk/",
    "/masuk/lupa/",
    "/masuk/kode/",
    "/privasi/",
    "/tes/",
    "/tidak-ada/",
)
NOBODY = "tamu"
LOCALES = {"id": "id-ID", "en": "en-GB"}
INDEX = "index.txt"


def take(names: list[str]) -> None:
    """Save pictures of every page of these people, or of all, in var/shots/."""
    _served_simply()
    add_browser_data()
    server = LiveServer("localhost")
    settings.PORTAL_URL = server.url
    saved: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        for name in names or [*PEOPLE, NOBODY]:
            pages = _pages_of(name)
            for language in LOCALES:
                saved += _save_pictures(browser, server.url, name, pages, language)
            print(f"{name}: {len(pages)} pages")
        browser.close()
    server.stop()
    Path(settings.VAR_DIR, INDEX).write_text("\n".join(saved) + "\n")
    print(f"{len(saved)} pictures in {settings.VAR_DIR}")


def _served_simply() -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    setup_test_environment()


def _pages_of(name: str) -> dict[str, str]:
    """Addresses by the name of the picture."""
    if name == NOBODY:
        return {path.strip("/").replace("/", "."): path for path in OPEN_PAGES}
    found = crawl.crawl(crawl.client_of(name))
    return {route.replace(":", "."): page.path for route, page in found.items()}


def _save_pictures(
    browser: Browser, url: str, name: str, pages: dict[str, str], language: str
) -> list[str]:
    """The pictures of one person in one language; their names."""
    User.objects.filter(username=name).update(language=language)
    context = browser.new_context(base_url=url, locale=LOCALES[language])
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if name != NOBODY:
        key = settings.SESSION_COOKIE_NAME
        cookies[key] = crawl.client_of(name).cookies[key].value
    context.add_cookies(
        [{"name": key, "value": value, "url": url} for key, value in cookies.items()]
    )
    page = context.new_page()
    saved = [
        picture
        for title, path in pages.items()
        for picture in _pictures(page, path, f"{name}/{title}", language)
    ]
    context.close()
    return saved


def _pictures(page: Page, path: str, title: str, language: str) -> list[str]:
    page.goto(path)
    names = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        # The bar at the bottom of a phone belongs below all that one reads.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": tall})
        names.append(f"{title}-{width}-{language}.png")
        page.screenshot(path=Path(settings.VAR_DIR, names[-1]))
    return names
