"""Users who hold a capability at a place today."""

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from desabinaan.accounts.access import Role, roles_with
from desabinaan.accounts.models import User
from villages.register.models import Assignment
from villages.register.querysets import AssignmentQuerySet

#: Ids, or a query that returns them.
Ids: TypeAlias = Collection[int] | QuerySet[Any, Any]


def holders(
    capability: str, *, offices: Ids = (), villages: Ids = ()
) -> QuerySet[User]:
    """Return users whose role at one of these places has `capability`.

    The Kanwil above counts only when it is named as well.
    """
    assignments = _assignments_with(capability).filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(assignments.at(offices, villages)), is_active=True
    )


def people_of(offices: Ids) -> QuerySet[Any, Any]:
    """Return ids of the users who work in these offices, as staff or as PIMPASA."""
    serves = Q(role=Role.PIMPASA, village__office__in=offices)
    assignments: AssignmentQuerySet = Assignment.objects.in_force()
    return assignments.filter(Q(office__in=offices) | serves).values("user_id")


def holders_by_village(
    capability: str, villages: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield (village id, user id) for holders of `capability` in these villages."""
    assignments = _assignments_with(capability).at((), villages)
    yield from assignments.values_list("village_id", "user_id").order_by("pk")


def _assignments_with(capability: str) -> AssignmentQuerySet:
    assignments: AssignmentQuerySet = Assignment.objects.in_force()
    return assignments.filter(role__in=roles_with(capability))
