"""Roles and places of people, as printed on the slips with their codes."""

from collections.abc import Collection

from django.utils.translation import override

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from villages.register.models import Assignment


def positions_of(holders: Collection[int]) -> dict[int, str]:
    """Return user id -> latest role and place, in Indonesian."""
    assignments = (
        Assignment.objects.in_force()
        .filter(user__in=holders)
        .select_related("office", "village")
        .order_by("pk")
    )
    with override(User.Language.INDONESIAN):
        return {
            one.user_id: f"{Role(one.role).label}, {one.village or one.office}"
            for one in assignments
        }
