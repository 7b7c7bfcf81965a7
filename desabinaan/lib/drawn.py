"""Pieces of pages that are drawn once and remembered, by what stands in them.

A list shows the same rows, a filter the same choices, to everybody who looks. A
piece drawn here depends on its values, the language and the day, and on nothing
else: no request, no user, no token. So equal values give equal markup, and a stale
piece cannot be shown. It is kept in this process's memory, the last ones only, and
nowhere else; pages of the sealed room do not use it.
"""

from collections.abc import Hashable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeData
from django.utils.translation import get_language

#: pieces remembered by each process; a row takes about a kilobyte
MOST = 4096
PLAIN = (str, int, float, Decimal, date, time)


class _Values:
    """What a piece is drawn from; equal when everything in it is equal."""

    __slots__ = ("key", "values")

    def __init__(self, values: Mapping[str, Any], *around: Hashable) -> None:
        self.values = values
        self.key = (_frozen(values), *around)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Values) and self.key == other.key


def draw(template: str, values: Mapping[str, Any]) -> str:
    """The template filled with these plain values, and with them alone."""
    zone = timezone.get_current_timezone_name()
    today = timezone.localdate()
    return _drawn(template, _Values(values, get_language(), zone, today))


@lru_cache(maxsize=MOST)
def _drawn(template: str, given: _Values) -> str:
    return get_template(template).render(dict(given.values))


def _frozen(value: Any) -> Hashable:
    """What tells this value from every other; TypeError for what may change unseen.

    A text that counts as markup differs from the same text that does not.
    """
    if value is None:
        return None
    if isinstance(value, SafeData | bool):
        return type(value), value
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return tuple((name, _frozen(part)) for name, part in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_frozen, value))
    if isinstance(value, BaseForm):
        return type(value), value.is_bound, tuple(map(_frozen_field, value))
    raise TypeError(f"a {type(value).__name__} is no plain value to draw from")


def _frozen_field(field: BoundField) -> Hashable:
    inner = field.field
    return _frozen(
        [
            *(field.html_name, field.label, field.help_text, inner.required),
            *(field.value(), list(field.errors), list(getattr(inner, "choices", ()))),
            *(inner.widget.attrs, getattr(inner.widget, "input_type", "")),
        ]
    )
