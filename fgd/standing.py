"""For which agencies a user speaks today, read once per request."""

from typing import TYPE_CHECKING

from desabinaan.accounts.access import Actor
from villages.standing import in_force

if TYPE_CHECKING:
    from desabinaan.accounts.models import User


def agencies_of(user: Actor) -> frozenset[int]:
    """Ids of the agencies whose focal point `user` is; kept on this user object."""
    return frozenset(_named(user))


def agency_names_of(user: Actor) -> tuple[str, ...]:
    """Their short names, for the top bar."""
    return tuple(_named(user).values())


def _named(user: Actor) -> dict[int, str]:
    if not user.is_authenticated:
        return {}
    kept: dict[int, str] | None = user.__dict__.get("_agencies")
    if kept is None:
        kept = user.__dict__["_agencies"] = _read(user)
    return kept


def _read(user: "User") -> dict[int, str]:
    rows = user.focal_points.filter(in_force(), agency__successor=None)
    return dict(rows.values_list("agency_id", "agency__short_name"))
