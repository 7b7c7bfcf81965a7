"""What the facts of a village cannot be: the same for its form and for a list."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

#: the largest number of each that one village can have
LARGEST = {"population": 500_000, "households": 200_000}
#: the most characters of its texts
LONGEST_TEXTS = {"reason": 2000, "profile": 4000, "access_note": 1000}
#: sentences of `doubts_about_counts` by their keys
COUNT_DOUBTS: Mapping[str, StrOrPromise] = {
    "no_population": _(
        "A village has inhabitants. Leave this blank if their number is not known."
    ),
    "no_households": _(
        "A village has households. Leave this blank if their number is not known."
    ),
    "more_households": _(
        "There are more households (%(households)s) than inhabitants (%(population)s)."
    ),
}


def doubts_about_counts(
    facts: Mapping[str, Any],
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Yield field, key and details of what the numbers of people cannot be."""
    counts = {name: facts[name] for name in LARGEST if facts.get(name) is not None}
    for name, count in counts.items():
        if count == 0:
            yield name, f"no_{name}", {}
    people, homes = (counts.get(name) for name in LARGEST)
    if people and homes and homes > people:
        yield "households", "more_households", counts
