"""PostgreSQL's side of lib.text.folding: text to search in and to sort by.

Lists are sorted by a stored column where they are paged, elsewhere by `Folded("name")`:
see docs/decisions/0019-lists-sort-by-folded-text.md.
"""

from typing import Any

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import CharField, Func, GeneratedField, Lookup, TextField, Value


class Folded(Func):
    """The text as `folding.folded` returns it, small Latin letters and digits.

    In the collation C, so that every server sorts it alike.
    """

    arity = 1
    output_field = TextField()
    template = (
        r"(btrim(regexp_replace(regexp_replace(lower(normalize(%(expressions)s, NFKD)),"
        r" '[''`\u2019\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))"
        r' COLLATE "C")'
    )


class WordsBeginning(Func):
    """A tsquery text that asks for the beginnings of the first words of folded text."""

    arity = 1
    output_field = TextField()
    template = (
        r"(replace(substring(%(expressions)s from '^\S+(?: \S+){0,7}'), ' ', ':* & ')"
        r" || ':*')"
    )


@CharField.register_lookup
@TextField.register_lookup
class FoldedContains(Lookup[Any]):
    """`name__folded_contains="Renee"` finds Renée: both sides are folded."""

    lookup_name = "folded_contains"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = compiler.compile(Folded(self.lhs))
        right, right_params = compiler.compile(Folded(Value(str(self.rhs))))
        return f"strpos({left}, {right}) > 0", (*left_params, *right_params)


def searchable(*columns: str) -> GeneratedField:
    """Return the column `search` for lib.text.searching, over these text columns."""
    return GeneratedField(
        expression=SearchVector(*map(Folded, columns), config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def sortable(column: str) -> GeneratedField:
    """Return a column that sorts by the text of another one."""
    return GeneratedField(
        expression=Folded(column),
        output_field=TextField(db_collation="C"),
        db_persist=True,
    )
