"""What the facts of a village cannot be: the same for its form and for a list."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

#: the largest number of each that one village can have
LARGEST = {"population": 500_000, "households": 200_000}
#: the most characters of its texts
LONGEST_TEXTS = {"reason": 2000, "profile": 4000, "access_note": 1000}
#: key of the question whether nobody lives there any more
NOBODY = "no_population"
#: sentences of `doubts_about_counts` by their keys
COUNT_DOUBTS: Mapping[str, StrOrPromise] = {
    NOBODY: _(
        "0 inhabitants? Leave this blank if their number is not known. If nobody lives "
        "in the village any more, say so below."
    ),
    "no_households": _(
        "A village has households. Leave this blank if their number is not known, or "
        "enter 0 inhabitants if nobody lives there any more."
    ),
    "more_households": _(
        "There are more households (%(households)s) than inhabitants (%(population)s)."
    ),
}


def doubts_about_counts(
    facts: Mapping[str, Any], *, is_uninhabited: bool = False
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Yield field, key and details of what the numbers of people cannot be.

    Zero often means that nobody counted: it is right only of a village that
    `is_uninhabited`, as one that was evacuated.
    """
    counts = {name: facts[name] for name in LARGEST if facts.get(name) is not None}
    people, homes = (counts.get(name) for name in LARGEST)
    if people == 0 and not is_uninhabited:
        yield "population", NOBODY, {}
    elif people is not None and homes is not None and homes > people:
        yield "households", "more_households", counts
    if homes == 0 and people != 0:
        yield "households", "no_households", {}
