"""For which agencies a user speaks today, read once per request."""

from typing import TYPE_CHECKING

from desabinaan.accounts.access import Actor
from villages.standing import in_force

if TYPE_CHECKING:
    from desabinaan.accounts.models import User


def agencies_of(user: Actor) -> frozenset[int]:
    """Ids of the agencies whose focal point `user` is; kept on this user object."""
    if not user.is_authenticated:
        return frozenset()
    kept: frozenset[int] | None = user.__dict__.get("_agencies")
    if kept is None:
        kept = user.__dict__["_agencies"] = _read(user)
    return kept


def _read(user: "User") -> frozenset[int]:
    rows = user.focal_points.filter(in_force(), agency__successor=None)
    return frozenset(rows.values_list("agency_id", flat=True))
