"""Keep the numbers of ordered rows without gaps."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, Manager, Max, Value, When

#: More than any list has: numbers wait above it while they change places.
ASIDE = 10_000


def next_number(rows: Manager[Any]) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def number_in_order(rows: Manager[Any], order: Sequence[int]) -> None:
    """Number the rows 1, 2, 3 ... in the order of these ids."""
    if not order:
        return
    places = [When(pk=pk, then=Value(at)) for at, pk in enumerate(order, start=1)]
    rows.update(number=F("number") + ASIDE)
    rows.update(number=Case(*places))


def close_gaps(rows: Manager[Any]) -> None:
    ids = rows.order_by("number").values_list("pk", flat=True)
    number_in_order(rows, list(ids))
