"""Walking every link that a person finds, without a browser."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from desabinaan.accounts.models import User

#: addresses of one route that are read for further links
WIDTH = 5
SILENT = {"script", "style", "template"}


@dataclass
class Form:
    """A form as shown on the page: address, method, and its fields with values."""

    method: str
    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Somebody has to enter something."""
        return any(kind != "hidden" for kind, _name, _value in self.fields)


@dataclass
class Sheet(HTMLParser):
    """What a page holds: links, forms, headings, its language, and what one reads."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "html":
            self.language = attributes.get("lang", "")
        elif "lang" in attributes or tag in SILENT:
            self._open.append((tag, True))
        elif self._open and tag == self._open[-1][0]:
            self._open.append((tag, False))
        if tag == "a" and "href" in attributes and "download" not in attributes:
            self.links.append(attributes["href"])
        elif tag == "form":
            self.forms.append(
                Form(attributes.get("method", "get"), attributes.get("action", ""))
            )
        elif (
            tag in {"input", "select", "textarea"}
            and "name" in attributes
            and self.forms
        ):
            kind = attributes.get("type", "text") if tag == "input" else tag
            self.forms[-1].fields.append(
                (kind, attributes["name"], attributes.get("value", ""))
            )
        if not self._open:
            self.words += [
                attributes[name]
                for name in ("aria-label", "placeholder")
                if name in attributes
            ]

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "title" and not self.title:
            self.title = data.strip()
        if not self._open and data.strip():
            self.words.append(data.strip())


def read(html: str) -> Sheet:
    sheet = Sheet()
    sheet.feed(html)
    return sheet


@dataclass
class Page:
    """One page of a named route as somebody found it."""

    route: str
    path: str
    status: int
    html: str

    @property
    def sheet(self) -> Sheet:
        return read(self.html)


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def crawl(client: Client, start: str = "/") -> dict[str, Page]:
    """The fullest of the pages met for each named route, by route."""
    found: dict[str, Page] = {}
    met: dict[str, set[str]] = {}
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        paths = met.setdefault(route, set())
        if not route or path in paths or len(paths) >= WIDTH:
            continue
        paths.add(path)
        response = client.get(path)
        if response.status_code in (301, 302):
            waiting.append(urljoin(path, response.headers["Location"]))
        elif _is_page(response):
            page = Page(route, path, response.status_code, response.content.decode())
            if page.status != 200:
                found[path] = page
            elif route not in found or len(page.html) > len(found[route].html):
                found[route] = page
            waiting.extend(_onward(path, page.sheet.links, start))
    return found


def route_of(path: str) -> str:
    """The name of the route, with the verb where one route serves several."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    verb = match.kwargs.get("verb")
    return f"{match.view_name}-{verb}" if verb else match.view_name


def _is_page(response: HttpResponse | Any) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def _onward(path: str, links: list[str], start: str) -> Iterator[str]:
    """Addresses of our own; filters count only where the first page names them."""
    for link in links:
        address = urlsplit(urljoin(f"http://testserver{path}", link))
        if address.netloc != "testserver":
            continue
        if path == start and address.query:
            yield f"{address.path}?{address.query}"
        yield address.path
