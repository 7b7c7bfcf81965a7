"""The page of a pasted list, read and sent as a browser does."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from fgd.sessions.models import Session

Browser = Callable[[str], Client]
Sent = dict[str, list[str]]


class PreviewForm(HTMLParser):
    """Collects in `sent` what the form of the page sends."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: Sent = {}
        self._inside = False
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "preview" in own.get("class", "")
        elif self._inside and tag == "input" and own.get("name"):
            kind = own.get("type", "text")
            is_ticked = kind in ("radio", "checkbox")
            if not is_ticked or "checked" in own:
                self._add(own["name"], own.get("value", "on" if is_ticked else ""))
        elif self._inside and tag == "select":
            self._select = own["name"]
        elif self._inside and tag == "option" and self._select and "selected" in own:
            self._add(self._select, own["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False

    def _add(self, name: str, value: str) -> None:
        plain = value.replace("\r", "").replace("\n", "\r\n")
        self.sent.setdefault(name, []).append(plain)


def address(name: str, session: Session) -> str:
    return reverse(f"participants:{name}", args=[session.pk])


def paste(browser: Client, session: Session, text: str) -> Any:
    """The preview of a pasted text."""
    return browser.post(address("delegates_paste", session), {"text": text})


def sent_by(answer: Any, **changes: Any) -> dict[str, Any]:
    """What the page sends, with these fields answered otherwise."""
    return PreviewForm(answer.content.decode()).sent | changes


def check(browser: Client, session: Session, answer: Any, **changes: Any) -> Any:
    url = address("delegates_paste", session)
    return browser.post(url, sent_by(answer, **changes))


def commit(browser: Client, session: Session, answer: Any, **changes: Any) -> Any:
    url = address("delegates_commit", session)
    return browser.post(url, sent_by(answer, **changes))


def read(answer: Any) -> list[tuple[str, str, str, str]]:
    """Name, position, sender and telephone of each row of the page."""
    rows = answer.context["pasted"].people
    names = ("name", "position", "party", "phone")
    return [tuple(row[name].value() for name in names) for row in rows]  # type: ignore[misc]


def choice_of(answer: Any, typed: str) -> str:
    """The name of the field that answers for the sender `typed`."""
    senders = answer.context["pasted"].senders.values()
    return next(one["choice"].html_name for one in senders if one.typed == typed)


def offered(answer: Any, typed: str) -> list[str]:
    """The parties offered for the sender `typed`, in their order."""
    senders = answer.context["pasted"].senders.values()
    sender = next(one for one in senders if one.typed == typed)
    return [str(one) for one in sender.parties.values()]
