"""A form of a page, filled in as a browser would send it."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


def sent_form(response: HttpResponse, action: str = "") -> dict[str, Any]:
    """Return what the form posting to `action` sends when nothing is changed.

    Without `action` the form of the page's content: the last one.
    """
    reader = _Forms()
    reader.feed(response.content.decode())
    found = [fields for where, fields in reader.forms if not action or where == action]
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in found[-1].items()
        if name != "csrfmiddlewaretoken"
    }


class _Forms(HTMLParser):
    """The posting forms of a page: address and the values of each field."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._fields: dict[str, list[str]] | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = dict(pairs)
        name, value = attrs.get("name") or "", attrs.get("value") or ""
        if tag == "form" and (attrs.get("method") or "").lower() == "post":
            self._fields = {}
            self.forms.append((attrs.get("action") or "", self._fields))
        if self._fields is None:
            return
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._fields[name] = [""]
        elif tag == "option" and "selected" in attrs:
            self._fields.setdefault(self._select, []).append(value)
        elif tag == "input" and name and _is_sent(attrs):
            self._fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area and self._fields is not None:
            self._fields[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag == "textarea" and self._fields is not None:
            typed = self._fields[self._area][0]
            self._fields[self._area] = [typed.removeprefix("\n")]
            self._area = ""


def _is_sent(attrs: dict[str, str | None]) -> bool:
    if attrs.get("type") in {"checkbox", "radio"}:
        return "checked" in attrs
    return attrs.get("type") not in {"file", "submit"}
