"""Which tables the statements of a page read from end to end, as PostgreSQL plans."""

from collections.abc import Callable, Iterable, Iterator, Set
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

Plan = dict[str, Any]


def selects(operation: Callable[[], object]) -> list[str]:
    """Return the SELECT statements of the operation."""
    with CaptureQueriesContext(connection) as captured:
        operation()
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if sql.lstrip("(").startswith("SELECT")]


def read_whole(
    statements: Iterable[str], growing: Set[str], *, walks: bool = False
) -> set[str]:
    """The `growing` tables that one of the statements reads whole.

    With `walks` also those it reads along an index without a condition: in the order
    of a list, which ends soon where many rows are wanted and late for a rare word.
    """
    return {
        table
        for sql in statements
        for table in _tables(_plan(sql), walks)
        if table in growing
    }


def _plan(sql: str) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"))
        plan: Plan = cursor.fetchone()[0][0]["Plan"]
    return plan


def _tables(plan: Plan, walks: bool) -> Iterator[str]:
    node = plan["Node Type"]
    is_walk = node in {"Index Scan", "Index Only Scan"} and "Index Cond" not in plan
    if node == "Seq Scan" or (walks and is_walk):
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _tables(part, walks)
