"""Every form with errors: shown on the page, accessible, nothing saved."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, Route

from desabinaan.accounts.models import User
from fgd.plan.models import ActionEvent, Evidence, ProgressUpdate
from fgd.sessions.models import SessionEvent
from reports.monthly.models import ReportVersion
from tests.e2e.browsing import DESK, PHONE, faults_of
from tests.e2e.conftest import Crawled, PageAs
from tests.e2e.crawl import Form, client_of
from villages.register.models import VillageEvent

pytestmark = pytest.mark.e2e
PEOPLE = ("kanwil", "kanim.serang", "desa.lontar", "dinsos")
MARK = "error-summary"

EVENT_TABLES = (
    User,
    VillageEvent,
    SessionEvent,
    ActionEvent,
    ReportVersion,
    ProgressUpdate,
    Evidence,
)

NONSENSE = "zzz ' \" <b>"


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Routes whose mistakes were looked at already."""
    return set()


@pytest.mark.parametrize("username", PEOPLE)
def test_forms_with_mistakes_are_accessible(
    username: str, crawled: Crawled, page_as: PageAs, seen: set[str]
) -> None:
    page, client = page_as(username), client_of(username)
    faults: list[str] = []
    for route, found in crawled(username).items():
        if route in seen or route.startswith("admin:"):
            continue
        for form in asking(found.sheet.forms):
            answer = mistaken(client, urljoin(found.path, form.action), form)
            if answer:
                seen.add(route)
                faults += examine(page, found.path, answer)
    assert faults == []
    assert seen


def asking(forms: list[Form]) -> list[Form]:
    return [form for form in forms if form.method == "post" and form.asks]


def mistaken(client: Client, path: str, form: Form) -> str:
    """The page that answers an empty or a nonsensical sending, if one does."""
    for typed in (empty, nonsense):
        with transaction.atomic():
            before = written()
            response = client.post(path, typed(form))
            refused = response.status_code == 200
            assert not refused or written() == before, f"{path} wrote"
            transaction.set_rollback(True)
        html = response.content.decode() if refused else ""
        assert response.status_code in (200, 302), f"{path}: {response.status_code}"
        if MARK in html:
            return html
    return ""


def written() -> list[int]:
    """Count the recorded events."""
    return [model.objects.count() for model in EVENT_TABLES]


def empty(form: Form) -> dict[str, str]:
    return {
        name: value if kind == "hidden" else "" for kind, name, value in form.fields
    }


def nonsense(form: Form) -> dict[str, str]:
    return {
        name: value if kind == "hidden" else NONSENSE
        for kind, name, value in form.fields
    }


def answering(html: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(
        body=html, content_type="text/html; charset=utf-8"
    )


def examine(page: Page, path: str, html: str) -> list[str]:
    """Faults of this answer, shown in the browser as if it had come from `path`."""
    page.route(f"**{path}", answering(html))
    faults: list[str] = []
    page.goto(path)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        faults += [f"{path} {width}: {fault}" for fault in faults_of(page)]
    page.unroute(f"**{path}")
    return faults
