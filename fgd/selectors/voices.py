"""Who speaks for an agency today: whom a deed concerns that concerns the agency."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from desabinaan.accounts.access import roles_with
from desabinaan.accounts.models import User
from fgd.models import FocalPoint
from villages.models import Assignment
from villages.selectors.holders import Ids
from villages.standing import in_force


def voices(agencies: Ids) -> QuerySet[User]:
    """The focal points of these agencies, and the staff of those that are offices."""
    here = OuterRef("pk")
    points, staff = (
        Exists(rows.filter(user=here)) for rows in (_points(agencies), _staff(agencies))
    )
    return User.objects.filter(Q(points) | Q(staff), is_active=True)


def voices_by_agency(agencies: Ids) -> Iterator[tuple[int, int]]:
    """(agency id, user id) of all who speak for these agencies."""
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
