"""Villages found by what somebody typed: a name, a district or a code."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Value, When

from desabinaan.accounts.access import Actor
from villages.models import Village
from villages.querysets import VillageQuerySet

#: So many candidates are named when a name is ambiguous.
CANDIDATES = 5
SUGGESTIONS = 8


def label_of(village: Village) -> str:
    """The village so that nobody mistakes it: "Lontar, Tirtayasa (36.04.13.2007)".

    One that is not fostered yet, or no longer, says so.
    """
    label = f"{village} ({village.code})"
    if village.status == Village.Status.DESIGNATED:
        return label
    return f"{label}, {Village.Status(village.status).label}"


def suggestions(typed: str, user: Actor) -> list[Village]:
    """The first villages in sight that match; none for less than two letters."""
    if len(typed.strip()) < 2:
        return []
    scope = Village.objects.visible_to(user).select_related("region")
    return list(ranked_villages(typed, scope)[:SUGGESTIONS])


def villages_named(
    typed: Sequence[str], user: Actor, capability: str
) -> list[list[Village]]:
    """For each entry the villages it may mean, at most CANDIDATES + 1; one query.

    An exact name or code leaves the merely similar ones out.
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
    return [_best(candidates) for candidates in found]


def ranked_villages(typed: str, scope: VillageQuerySet) -> VillageQuerySet:
    """Matching villages, those with exactly this name or code first."""
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


def _best(candidates: list[Village]) -> list[Village]:
    exact = [village for village in candidates if village.rank == 0]  # type: ignore[attr-defined]
    return exact or candidates
