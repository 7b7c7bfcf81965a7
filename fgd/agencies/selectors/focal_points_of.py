"""People who represent an agency today, to be notified about it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from desabinaan.accounts.access import roles_with
from desabinaan.accounts.models import User
from fgd.agencies.models import FocalPoint
from villages.places.permissions import in_force
from villages.register.models import Assignment
from villages.register.selectors.holders import Ids


def representatives_of(agencies: Ids) -> QuerySet[User]:
    """Return focal points of the agencies, and staff of those that are offices."""
    user_id = OuterRef("pk")
    points, staff = (
        Exists(rows.filter(user=user_id))
        for rows in (_points(agencies), _staff(agencies))
    )
    return User.objects.filter(Q(points) | Q(staff), is_active=True)


def representatives_by_agency(agencies: Ids) -> Iterator[tuple[int, int]]:
    """Yield (agency id, user id) of everybody who represents these agencies."""
    yield from chain(
        _points(agencies).values_list("agency_id", "user_id"),
        _staff(agencies).values_list("office__agency__id", "user_id"),
    )


def _points(agencies: Ids) -> QuerySet[Any, Any]:
    return FocalPoint.objects.filter(
        in_force(), agency_id__in=agencies, agency__successor=None
    ).order_by("pk")


def _staff(agencies: Ids) -> QuerySet[Any, Any]:
    return (
        Assignment.objects.in_force()
        .filter(
            role__in=roles_with("agency.speak_for_office"),
            office__agency__in=agencies,
            office__agency__successor=None,
        )
        .order_by("pk")
    )
