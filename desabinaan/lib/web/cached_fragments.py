"""Fragments of pages that are rendered once and kept in memory, by their values.

A list shows the same rows, a filter the same choices, to every user. A fragment
depends on its values, the language and the day, and on nothing else: no request, no
user, no token. So equal values give equal markup, and no outdated fragment is shown.
Each process keeps the last ones in memory; pages about incidents do not use it.
"""

from collections.abc import Hashable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeData
from django.utils.translation import get_language

#: fragments kept by each process; a row takes about a kilobyte
MOST = 4096
PLAIN = (str, int, float, Decimal, date, time)


class _CacheKey:
    """What a fragment is rendered from; equal when every value is equal."""

    __slots__ = ("key", "values")

    def __init__(self, values: Mapping[str, Any], *context: Hashable) -> None:
        self.values = values
        self.key = (_frozen(values), *context)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _CacheKey) and self.key == other.key


def render_cached(template: str, values: Mapping[str, Any]) -> str:
    """Render the template with these plain values only, or take it from memory."""
    zone = timezone.get_current_timezone_name()
    today = timezone.localdate()
    key = _CacheKey(values, get_language(), zone, today)
    if settings.DEBUG:  # an edit of the template shows at once
        return _render(template, key)
    return _render_once(template, key)


def _render(template: str, given: _CacheKey) -> str:
    return get_template(template).render(dict(given.values))


_render_once = lru_cache(maxsize=MOST)(_render)


def _frozen(value: Any) -> Hashable:
    """Return a hashable form of the value; TypeError for what may change unseen.

    A text that is marked safe differs from the same text that is not.
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
