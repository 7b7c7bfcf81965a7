"""Search by typed words in a stored tsvector column."""

from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, QuerySet, Subquery

#: Further words are ignored: a name is short, and nobody searches for a pasted page.
MOST_WORDS = 8
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


def words_of(typed: str) -> list[str]:
    """Return lower-case words of letters and digits, split at all other characters."""
    cleaned = "".join(sign if sign.isalnum() else " " for sign in typed.lower())
    return cleaned.split()[:MOST_WORDS]


def is_too_short(typed: str) -> bool:
    """Return whether fewer letters and digits were typed than a search needs."""
    return sum(map(len, words_of(typed))) < SHORTEST


def matching(rows: Rows, typed: str, also: Any = None) -> Rows:
    """Return rows whose column `search` has each typed word or its beginning.

    `also` is a query for keys of further rows, found in another way. Return all rows
    when no letter or digit was typed.
    """
    words = words_of(typed)
    if not words:
        return rows
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    found = rows.model._default_manager.filter(search=query).order_by().values("pk")
    keys = found if also is None else found.union(also)
    return rows.filter(pk__in=FoundFirst(keys))
