"""What somebody types into a search field, put to a stored tsvector column."""

from typing import TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, QuerySet, Subquery

#: Words beyond these narrow nothing: a name is short, a pasted page is not asked for.
MOST_WORDS = 8
SHORTEST = 2

Rows = TypeVar("Rows", bound=QuerySet[Model])


class FoundFirst(Subquery):
    """Keys that PostgreSQL looks up first and on their own, then row by row.

    Below ORDER BY and LIMIT it may else walk the sorted index and test each row for
    the words: quick for a word of every row, a whole table for a rare one. An array
    is read once, and the planner expects few rows of it, so that it asks for them by
    their keys; from a WITH it would read the table beside them.
    """

    template = "(SELECT unnest(ARRAY(%(subquery)s)))"


def words_of(typed: str) -> list[str]:
    """Lower-case words of letters and digits; dots and apostrophes part them."""
    kept = "".join(sign if sign.isalnum() else " " for sign in typed.lower())
    return kept.split()[:MOST_WORDS]


def is_too_short(typed: str) -> bool:
    """Whether fewer letters and digits were typed than a search needs."""
    return sum(map(len, words_of(typed))) < SHORTEST


def matching(rows: Rows, typed: str) -> Rows:
    """Rows with every typed word, or its beginning, in their column `search`.

    All of them when no letter or digit was typed.
    """
    words = words_of(typed)
    if not words:
        return rows
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    found = rows.model._default_manager.filter(search=query).order_by()
    return rows.filter(pk__in=FoundFirst(found.values("pk")))
