"""Who holds a right at a place today: whom a deed there concerns."""

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, QuerySet

from desabinaan.accounts.access import roles_with
from desabinaan.accounts.models import User
from villages.models import Assignment
from villages.querysets import AssignmentQuerySet

#: Ids, or a query that answers them.
Ids: TypeAlias = Collection[int] | QuerySet[Any, Any]


def holders(
    capability: str, *, offices: Ids = (), villages: Ids = ()
) -> QuerySet[User]:
    """Those whose role at one of these very places carries `capability`.

    The Kanwil above counts only where it is named, too.
    """
    held = _held(capability).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(held.at(offices, villages)), is_active=True)


def holders_by_village(
    capability: str, villages: Collection[int]
) -> Iterator[tuple[int, int]]:
    """(village id, user id) of all who hold `capability` in one of these villages."""
    held = _held(capability).at((), villages)
    yield from held.values_list("village_id", "user_id").order_by("pk")


def _held(capability: str) -> AssignmentQuerySet:
    held: AssignmentQuerySet = Assignment.objects.in_force()
    return held.filter(role__in=roles_with(capability))
