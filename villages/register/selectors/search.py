"""Searching villages by name, district or code."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Value, When

from desabinaan.accounts.access import Actor
from villages.register.models import Village
from villages.register.querysets import VillageQuerySet

#: How many candidates are named when a name is ambiguous.
CANDIDATES = 5
SUGGESTIONS = 8


def suggestions(typed: str, user: Actor) -> list[Village]:
    """Return the first visible villages that match; none below two letters."""
    if len(typed.strip()) < 2:
        return []
    scope = Village.objects.visible_to(user).select_related("region")
    return list(ranked_villages(typed, scope)[:SUGGESTIONS])


def places_named(
    typed: Sequence[str], user: Actor, capability: str
) -> list[list[Village]]:
    """Return matching villages for each entry, at most CANDIDATES + 1; one query.

    When a name or code matches exactly, similar ones are skipped.
    """
    if not typed:
        return []
    scope = Village.objects.open_for(user, capability)
    parts = [
        ranked_villages(entry, scope).annotate(entry=Value(number, IntegerField()))[
            : CANDIDATES + 1
        ]
        for number, entry in enumerate(typed)
    ]
    rows = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)
    found: list[list[Village]] = [[] for _entry in typed]
    for village in rows:
        found[village.entry].append(village)  # type: ignore[attr-defined]
    return [
        [village for village in candidates if village.rank == 0] or candidates  # type: ignore[attr-defined]
        for candidates in found
    ]


def ranked_villages(typed: str, scope: VillageQuerySet) -> VillageQuerySet:
    """Return matching villages, exact names and codes first."""
    if not any(map(str.isalnum, typed)):
        return scope.none()
    name, _comma, district = (part.strip() for part in typed.partition(","))
    exact = When(region_id=typed, then=Value(0))
    named = When(name__iexact=name, district_name__istartswith=district, then=Value(0))
    return (
        scope.matching(typed)
        .annotate(rank=Case(exact, named, default=Value(1)))
        .order_by("rank", "name", "id")
    )
