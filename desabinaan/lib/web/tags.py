"""Tags and filters that every template has without loading them."""

from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import get_language, gettext
from lucide.templatetags.lucide import lucide

from desabinaan.lib.text.telephones import telephone_text
from desabinaan.lib.web.cached_fragments import render_cached
from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.web.optional_marks import optional_mark

register = template.Library()
register.filter(optional_mark)

BADGE_ICONS = {
    "done": "circle-check",
    "moving": "circle-play",
    "waiting": "hourglass",
    "late": "alarm-clock",
    "quiet": "circle-dashed",
    "danger": "octagon-alert",
}


# --- Icons and badges --------------------------------------------------------


@cache
def _svg(name: str) -> str:
    return lucide(
        name, size=20, **{"class": "icon", "aria-hidden": "true", "focusable": "false"}
    )


class IconNode(Node):
    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        return _svg(str(self.name.resolve(context)))


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """{% icon "map" %}: the inline SVG of that name.

    It is decorative, so text has to be beside it. A name written in the template is
    rendered once, when the template is compiled.
    """
    parts = token.split_contents()
    if len(parts) != 2:
        raise TemplateSyntaxError("icon takes the name of one drawing")
    name = parser.compile_filter(parts[1])
    if isinstance(name.var, str) and not name.filters:
        return TextNode(_svg(name.var))
    return IconNode(name)


@register.simple_tag
def badge_icon(badge_style: str) -> str:
    """Return the icon of a badge style."""
    return _svg(BADGE_ICONS.get(badge_style, BADGE_ICONS["quiet"]))


@lru_cache(maxsize=512)
def _badge(badge_style: str, label: str) -> str:
    return format_html(
        '<span class="badge badge--{}">{}{}</span>',
        badge_style,
        badge_icon(badge_style),
        label,
    )


@register.simple_tag
def badge(badge_style: str, label: object) -> str:
    """Return a state as icon and word in one of the styles of BADGE_ICONS."""
    return _badge(
        badge_style if badge_style in BADGE_ICONS else "quiet", capfirst(str(label))
    )


@register.inclusion_tag("components/verb.html", takes_context=True)
def verb(
    context: Context, url: str = "", label: str = "", **options: Any
) -> dict[str, Any]:
    """Render an operation as a button that posts; see components/verb.html."""
    return {**options, "url": url, "label": label}


@register.simple_tag(takes_context=True)
def client_uuid(context: Context) -> str:
    """Return the hidden number by which a form is saved only once.

    A form that comes back with errors keeps its number (see accounts.once).
    """
    page = getattr(context, "request", None)
    number = getattr(page, "client_uuid", None) or uuid4()
    return format_html('<input type="hidden" name="client_uuid" value="{}">', number)


@register.inclusion_tag("components/downloads.html", takes_context=True)
def downloads(context: Context, url_name: str) -> dict[str, Any]:
    """Render buttons that download this list with the filters of the URL."""
    asked = context["request"].GET.copy()
    asked.pop(CURSOR, None)
    query = asked.urlencode()
    return {"url": f"{reverse(url_name)}?{query}" if query else reverse(url_name)}


@register.simple_tag
def cached_fragment(template: str, **values: Any) -> str:
    """{% cached_fragment "part.html" row=row %}: an include that is cached.

    For parts with plain values that many pages show, such as rows of a list; see
    lib.web.cached_fragments.
    """
    return render_cached(template, values)


# --- Blocks ------------------------------------------------------------------


class RepeatedBlock(Node):
    """The content of a block, repeated in another position."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        return BlockNode(self.name, NodeList()).render(context)


@register.tag
def repeat_block(parser: Parser, token: Token) -> RepeatedBlock:
    """{% repeat_block "title" %}: Django allows a block name only once."""
    parts = token.split_contents()
    if len(parts) != 2:
        raise TemplateSyntaxError("repeat_block takes the name of one block")
    return RepeatedBlock(parts[1].strip("\"'"))


# --- Days and moments --------------------------------------------------------


# Lists show the same few days again and again: their texts are cached.
@register.filter
def day(value: date | None) -> str:
    """3 Oktober 2026; a moment is first converted to the office's zone."""
    return _day_words(_local_date(value), get_language()) if value else ""


@register.filter
def month(value: date | None) -> str:
    """Oktober 2026."""
    return date_format(_local_date(value), "YEAR_MONTH_FORMAT") if value else ""


@register.filter
def telephone(stored: str) -> str:
    """0812-3456-7890: a stored number as it is dialled here."""
    return telephone_text(stored or "")


@register.filter
def local_time(value: date | None) -> str:
    """3 Oktober 2026 pukul 09.12 WIB; of midnight, the date alone.

    What is known by its date only, such as a decree, is stored as that day's midnight.
    """
    if not isinstance(value, datetime):
        return day(value)
    local = timezone.localtime(value)
    if local.time() == time.min:
        return day(local)
    return _time_words(local)


@register.filter
def in_zone(value: datetime, zone: str) -> str:
    """3 Oktober 2026 pukul 00.00 WITA: what begins or ends at a place of this zone.

    Midnight is shown, too: here the time is known.
    """
    return _time_words(timezone.localtime(value, ZoneInfo(zone)))


@register.filter
def ago(value: date | None) -> str:
    """Return how long ago, or until then, in the largest unit, beside a date."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        return _days_apart(value, timezone.localdate(), get_language())
    now = timezone.now()
    if abs((now - value).total_seconds()) < 60:
        return gettext("just now")
    return _span_words(value, now)


def _time_words(local: datetime) -> str:
    return gettext("%(day)s at %(time)s %(zone)s") % {
        "day": _day_words(local.date(), get_language()),
        "time": time_format(local.time(), "TIME_FORMAT"),
        "zone": local.tzname(),
    }


@lru_cache(maxsize=1024)
def _day_words(value: date, language: str | None) -> str:
    return date_format(value, "DATE_FORMAT")


@lru_cache(maxsize=1024)
def _days_apart(value: date, today: date, language: str | None) -> str:
    near = {0: gettext("today"), 1: gettext("yesterday"), -1: gettext("tomorrow")}
    return near.get((today - value).days) or _span_words(value, today)


def _span_words(value: date, now: date) -> str:
    if value < now:
        return gettext("%(span)s ago") % {"span": timesince(value, now, depth=1)}
    return gettext("in %(span)s") % {"span": timeuntil(value, now, depth=1)}


def _local_date(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


# --- Numbers and fields ------------------------------------------------------


@register.filter
def file_size(size: int | None) -> str:
    """1,4 MB: bytes in the unit people know from their phone; at least 1 KB."""
    size = size or 0
    if size < 1024:
        return "1 KB" if size else "0 KB"
    for unit, step, places in (("KB", 1024, 0), ("MB", 1024**2, 1)):
        if size < step * 1024:
            # number_format cuts off; people expect rounding.
            return f"{number_format(round(size / step, places), places)} {unit}"
    return f"{number_format(round(size / 1024**3, 1), 1)} GB"


@register.filter
def in_display_order(form: BaseForm) -> list[BoundField]:
    """Return the fields in the order of the page, which a crispy layout may change."""
    helper = getattr(form, "helper", None)
    if helper is None or helper.layout is None:
        return list(form)
    return [form[pointer.name] for pointer in helper.layout.get_field_names()]


@register.filter
def shown_value(field: BoundField) -> str:
    """Return a hidden input with the value that the page shows, if the form asks."""
    asked = field.field.show_hidden_initial
    return field.as_hidden(only_initial=True) if asked else ""


@register.filter
def focus_id(field: BoundField) -> str:
    """Return the id that is focused when an error of this field is corrected."""
    return field.id_for_label or f"{field.auto_id}_0"
