"""Tables that PostgreSQL fills from a query, without reading the rows here."""

from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from psycopg import sql


def wait_for_others(model: type[Model]) -> None:
    """Keep other writers off that table until the end of the transaction."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def fill(model: type[Model], rows: QuerySet[Any, Any], *columns: str) -> int:
    """Insert the rows of a `.values(...)` query; return how many."""
    return _inserted(model, rows, columns, "")


def refill(model: type[Model], rows: QuerySet[Any, Any], *columns: str) -> int:
    """Update the table to these rows; return how many were new or different.

    The first column is the table's key. Rows that the query does not return stay.
    """
    others = columns[1:]
    upsert = sql.SQL(
        " ON CONFLICT ({key}) DO UPDATE SET ({others}) = ROW({new})"
        " WHERE ({old}) IS DISTINCT FROM ({new})"
    ).format(
        key=sql.Identifier(columns[0]),
        others=_listed(others),
        old=_listed(others, model._meta.db_table),
        new=_listed(others, "excluded"),
    )
    return _inserted(model, rows, columns, upsert.as_string(None))


def _inserted(
    model: type[Model], rows: QuerySet[Any, Any], columns: tuple[str, ...], then: str
) -> int:
    into = sql.SQL("INSERT INTO {table} ({columns}) ").format(
        table=sql.Identifier(model._meta.db_table), columns=_listed(columns)
    )
    query, values = rows.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(into.as_string(None) + query + then, values)
        written: int = cursor.rowcount
    return written


def _listed(columns: tuple[str, ...], table: str = "") -> sql.Composed:
    before = (table,) if table else ()
    return sql.SQL(", ").join(sql.Identifier(*before, name) for name in columns)
