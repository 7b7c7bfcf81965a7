"""A browser before the filled portal; whatever goes wrong on a page fails the test."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.e2e import crawl
from tests.e2e.browser_data import add_browser_data
from tests.e2e.browsing import LAUNCH, watch
from tests.e2e.crawl import client_of

# Playwright keeps a loop in this thread; the database is read between its turns.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return LAUNCH


@pytest.fixture(scope="package")
def portal(django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The address of the served portal; the demonstration is in it, for all tests.

    It has a database of its own: what one test writes, the next one sees.
    """
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
        add_browser_data()
        server = LiveServer("localhost")
        settings.PORTAL_URL = server.url
        yield server.url
        server.stop()
        for wrapper, name, _made in databases:
            _drop(wrapper, name)
    settings.MEDIA_ROOT = kept


def _drop(wrapper: BaseDatabaseWrapper, name: str) -> None:
    """The test database is gone, even where an answer nobody waits for holds it."""
    filled = wrapper.settings_dict["NAME"]
    wrapper.close()
    with wrapper._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{filled}" WITH (FORCE)')
    wrapper.settings_dict["NAME"] = settings.DATABASES[wrapper.alias]["NAME"] = name


@dataclass
class Desk:
    """Opens pages for somebody; remembers what went wrong on them."""

    browser: Browser
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def page(self, username: str = "", width: int = 1280, **options: Any) -> Page:
        """A page on which `username` is signed in; nobody, where none is named."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": 800}, **options
        )
        self.contexts.append(context)
        if username:
            cookie = client_of(username).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": self.url}]
            )
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch(page, self.complaints)
        return page


PageAs = Callable[..., Page]
Crawled = Callable[[str], dict[str, crawl.Page]]


@pytest.fixture(scope="package")
def crawled(portal: str) -> Crawled:
    """`crawled("kanwil")`: a page of each route that this person's links lead to."""
    return cache(lambda username: crawl.crawl(client_of(username)))


@pytest.fixture
def desk(browser: Browser, portal: str) -> Iterator[Desk]:
    desk = Desk(browser, portal)
    yield desk
    for context in desk.contexts:
        context.close()
    assert desk.complaints == []


@pytest.fixture
def page_as(desk: Desk) -> PageAs:
    """`page_as("kanwil", 360)`: a page in which that person works."""
    return desk.page
