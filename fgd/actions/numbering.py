"""Keeps the numbers of a session's topics and recommendations without gaps."""

from collections.abc import Sequence

from django.db.models import Case, F, Manager, Max, Value, When

from fgd.models import Recommendation, Topic

#: More than any session has: numbers wait above it while they change places.
ASIDE = 10_000


def next_number(rows: Manager[Topic] | Manager[Recommendation]) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def number_in_order(
    rows: Manager[Topic] | Manager[Recommendation], order: Sequence[int]
) -> None:
    """The rows bear 1, 2, 3 ... in the order of these ids."""
    if not order:
        return
    places = [When(pk=pk, then=Value(at)) for at, pk in enumerate(order, start=1)]
    rows.update(number=F("number") + ASIDE)
    rows.update(number=Case(*places))


def close_gaps(rows: Manager[Topic] | Manager[Recommendation]) -> None:
    ids = rows.order_by("number").values_list("pk", flat=True)
    number_in_order(rows, list(ids))
