"""Keyset paging: every page costs the same as the first; nothing is counted."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by one non-null column of the model itself, then by id."""

    field: str
    descending: bool = False

    def clauses(self) -> tuple[str, str]:
        sign = "-" if self.descending else ""
        return f"{sign}{self.field}", f"{sign}id"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page; `next_cursor` is empty on the last one."""

    rows: Sequence[dict[str, Any]]
    next_cursor: str


def keyset_page(
    rows: QuerySet[Any, dict[str, Any]],
    order: Order,
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Page:
    """Return the page after `cursor` of a `.values(...)` queryset.

    The values must hold "id" and the order's field. A cursor that cannot be read leads
    to the first page: it is an outdated or mistyped URL, no error.
    """
    found = list(_after(rows, order, cursor).order_by(*order.clauses())[: size + 1])
    shown = found[:size]
    more = len(found) > size
    return Page(shown, _encode(shown[-1], order) if more else "")


def _after(
    rows: QuerySet[Any, dict[str, Any]], order: Order, cursor: str
) -> QuerySet[Any, dict[str, Any]]:
    position = _decode(rows, order, cursor) if cursor else None
    if position is None:
        return rows
    value, row_id = position
    side = "lt" if order.descending else "gt"
    return rows.filter(
        Q(**{f"{order.field}__{side}e": value}),
        Q(**{f"{order.field}__{side}": value}) | Q(**{f"id__{side}": row_id}),
    )


def _encode(row: dict[str, Any], order: Order) -> str:
    plain = json.dumps([row[order.field], row["id"]], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _decode(
    rows: QuerySet[Any, dict[str, Any]], order: Order, cursor: str
) -> tuple[Any, int] | None:
    """Return the value and the id where the page begins; None if it is unreadable."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value, row_id = json.loads(base64.urlsafe_b64decode(padded))
        position = rows.model._meta.get_field(order.field).to_python(value)
        if position is None or "\0" in str(position):
            return None  # no row has such a value: PostgreSQL holds no text with NUL
        str(position).encode()  # half a surrogate pair is no text
        return position, int(row_id)
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return None
