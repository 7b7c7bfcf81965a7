"""Rows read again and locked, until the transaction ends."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def lock_row(rows: QuerySet[Row], pk: Any) -> Row:
    """Return the row as it is now, locked; the rows it joins are not."""
    return rows.select_for_update(of=("self",)).get(pk=pk)


def lock_rows(rows: QuerySet[Row]) -> list[Row]:
    """Return the rows, locked in the order of their keys.

    One order for all keeps two transactions from waiting for each other.
    """
    return list(rows.select_for_update(of=("self",)).order_by("pk"))
