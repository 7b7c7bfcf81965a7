"""The browser: how it starts, what counts as gone wrong, how a page is examined."""

import os
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

LAUNCH: dict[str, Any] = {
    "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
    "args": [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
    ],
}
DESK, PHONE = 1280, 360
#: Django's own search boxes and inline tables in the administration
NOT_OURS = ("aria-input-field-name", "empty-table-header")
axe = Axe()
_examined: list[Page] = []


def watch(page: Page, complaints: list[str]) -> None:
    """Errors in the console, refused by the CSP, thrown, or answered with 4xx or 5xx.

    The page itself may answer 4xx, where a test asks for that.
    """

    def console(message: ConsoleMessage) -> None:
        expected = message.text.startswith("Failed to load resource")
        # While axe looks, it tries styles of its own.
        if message.type == "error" and not expected and page not in _examined:
            complaints.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        part = response.request.resource_type != "document"
        if response.status >= (400 if part else 500):
            complaints.append(f"{page.url}: {response.status} {response.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", answered)


def faults_of(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    off = {rule: {"enabled": False} for rule in NOT_OURS if "/admin/" in page.url}
    _examined.append(page)
    answer = axe.run(page, options={"resultTypes": ["violations"], "rules": off})
    _examined.remove(page)
    found = [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in answer.response["violations"]
        for node in violation["nodes"][:3]
    ]
    return found + sideways(page)


def sideways(page: Page) -> list[str]:
    """One line if one has to scroll sideways, naming the widest thing."""
    width = page.evaluate("document.documentElement.clientWidth")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide <= width:
        return []
    culprit = page.evaluate(
        """wide => [...document.body.querySelectorAll('*')]
            .filter(e => Math.round(e.getBoundingClientRect().right) >= wide)
            .map(e => e.outerHTML.slice(0, 120)).pop()""",
        wide,
    )
    return [f"{wide} px wide on {width}: {culprit}"]
