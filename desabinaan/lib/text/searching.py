"""Search by typed words in a stored tsvector column."""

from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, QuerySet, Subquery, Value

from desabinaan.lib.text.folded_columns import Folded, WordsBeginning
from desabinaan.lib.text.folding import folded

SHORTEST = 2

Rows = TypeVar("Rows", bound=QuerySet[Model])


class FoundFirst(Subquery):
    """Keys that PostgreSQL looks up first and on their own, then row by row.

    Below ORDER BY and LIMIT it may otherwise walk the sorted index and test each row
    for the words: quick for a frequent word, a whole table for a rare one. An array is
    read once, and the planner expects few rows of it, so it fetches them by their keys;
    from a WITH it would scan the table.
    """

    template = "(SELECT unnest(ARRAY(%(subquery)s)))"


def is_too_short(typed: str) -> bool:
    """Return whether fewer letters and digits were typed than a search needs."""
    return len(folded(typed).replace(" ", "")) < SHORTEST


def matching(rows: Rows, typed: str, also: Any = None) -> Rows:
    """Return rows whose column `search` has each typed word or its beginning.

    The column and the query are folded by PostgreSQL, so that both are cut by one rule;
    words after the eighth are ignored. `also` is a query for keys of further rows,
    found in another way. Return all rows when no letter or digit was typed.
    """
    if not folded(typed):
        return rows
    words = WordsBeginning(Folded(Value(typed)))
    query = SearchQuery(words, search_type="raw", config="simple")
    found = rows.model._default_manager.filter(search=query).order_by().values("pk")
    keys = found if also is None else found.union(also)
    return rows.filter(pk__in=FoundFirst(keys))
