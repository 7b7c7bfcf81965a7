"""Parts that every list page shares: filters, sort links, chips, keyset pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.lib.web.paging import Order, Page, keyset_page

Q = TypeVar("Q", bound=QuerySet[Any, Any])
SORT = "urut"
CURSOR = "setelah"
LONGEST_CHIP = 40


@dataclass(frozen=True, slots=True)
class Sort:
    """One column that a list can be sorted by; `label` is in the header."""

    order: Order
    label: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows, and the variables of components/filters, sort_header and pager."""

    rows: Sequence[dict[str, Any]]
    headers: dict[str, dict[str, str]]
    chips: list[dict[str, str]]
    shown: str
    clear_url: str
    first_url: str
    next_url: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)


def listing(
    params: QueryDict,
    rows: QuerySet[Any, dict[str, Any]],
    sorts: Mapping[str, Sort],
    form: forms.Form,
) -> Listing:
    """Return the page of `rows` that the URL asks for.

    `form` is the validated filter form that has already narrowed `rows`. The first of
    `sorts` is the default; a leading "-" in the sort parameter reverses the order.
    """
    key, order = _chosen(params.get(SORT, ""), sorts)
    page = keyset_page(rows, order, params.get(CURSOR, ""))
    return Listing(
        rows=page.rows,
        headers=_headers(params, sorts, key, order),
        chips=chips_of(params, form),
        shown=_shown(page, form),
        clear_url="?",
        first_url=address(params, {CURSOR: ""}) if params.get(CURSOR) else "",
        next_url=address(params, {CURSOR: page.next_cursor})
        if page.next_cursor
        else "",
    )


def said_of(form: forms.Form) -> str:
    """Return the sentence on a filter that cannot be read; "" when all can."""
    if not form.errors:
        return ""
    return _("A filter cannot be read, so nothing is shown. Correct or remove it.")


def _shown(page: Page, form: forms.Form) -> str:
    if form.errors:
        return said_of(form)
    text = (
        _("Showing %(rows)s, and there are more.")
        if page.next_cursor
        else _("Showing %(rows)s.")
    )
    return text % {"rows": len(page.rows)}


def narrowed(form: Any, rows: Q) -> Q:
    """Return the rows that a validated filter form leaves.

    None when a filter cannot be read: who asked for one session shall not get all.
    """
    found: Q = form.narrow(rows)
    return found.none() if form.errors else found


def ordered(
    params: QueryDict, rows: QuerySet[Any, Any], sorts: Mapping[str, Sort]
) -> QuerySet[Any, Any]:
    """Return all the rows in the order that the URL asks for."""
    _key, order = _chosen(params.get(SORT, ""), sorts)
    return rows.order_by(*order.clauses())


def filters_in_words(form: forms.Form) -> list[str]:
    """Return the filters that narrow the rows, worded as on the chips."""
    return [label for _name, label in _active(form)]


def _chosen(asked: str, sorts: Mapping[str, Sort]) -> tuple[str, Order]:
    key = asked.removeprefix("-")
    if key not in sorts:
        key = next(iter(sorts))
        return key, sorts[key].order
    order = sorts[key].order
    if asked.startswith("-"):
        order = Order(order.field, not order.descending)
    return key, order


def _headers(
    params: QueryDict, sorts: Mapping[str, Sort], chosen: str, order: Order
) -> dict[str, dict[str, str]]:
    headers = {}
    direction = "desc" if order.descending else "asc"
    for key, sort in sorts.items():
        turned = key == chosen and order == sort.order
        headers[key] = {
            "label": sort.label,
            "url": address(params, {SORT: f"-{key}" if turned else key, CURSOR: ""}),
            "direction": direction if key == chosen else "none",
        }
    return headers


def chips_of(params: QueryDict, form: forms.Form) -> list[dict[str, str]]:
    """Return the filters of a validated form, each with the URL without it."""
    return [
        {"label": label, "remove_url": address(params, {name: "", CURSOR: ""})}
        for name, label in _active(form)
        if params.get(name)
    ]


def _active(form: forms.Form) -> list[tuple[str, str]]:
    """Return the names of filters that narrow, or cannot be read, and their words."""
    values = {name: _readable(form, name, one) for name, one in _chosen_values(form)}
    values |= {
        name: _("%(typed)s (cannot be read)")
        % {"typed": Truncator(form.data.get(name, "")).chars(LONGEST_CHIP)}
        for name in form.errors
        if name in form.fields
    }
    return [
        (name, f"{form.fields[name].label}: {text}") for name, text in values.items()
    ]


def _chosen_values(form: forms.Form) -> list[tuple[str, object]]:
    return [
        (name, value)
        for name, value in form.cleaned_data.items()
        if value not in (None, "", False, [])
    ]


def _readable(form: forms.Form, name: str, value: object) -> str:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return str(_labels(field).get(str(value), value))
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return _("yes") if value is True else str(value)


def _labels(field: forms.ChoiceField) -> dict[str, object]:
    """Return labels by value; a filter's choices are one flat list."""
    choices = cast(Iterable[tuple[object, object]], field.choices)
    return {str(value): label for value, label in choices}


def address(params: QueryDict, changes: Mapping[str, str]) -> str:
    """Return the URL of this page with other parameters; "" removes one."""
    changed = params.copy()
    for name, value in changes.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}"
