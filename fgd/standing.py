"""For which agencies a user speaks today, read once per request."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from desabinaan.accounts.access import Actor, Role, roles_with
from villages import standing
from villages.standing import in_force

if TYPE_CHECKING:
    from desabinaan.accounts.models import User


def agencies_of(user: Actor) -> frozenset[int]:
    """Ids of the agencies whose focal point `user` is; kept on this user object."""
    return frozenset(_named(user))


def agency_names_of(user: Actor) -> tuple[str, ...]:
    """Their short names, for the top bar."""
    return tuple(_named(user).values())


def may_somewhere(user: Actor, capability: str) -> bool:
    """Whether `user` holds `capability` at any office or village, or for an agency."""
    if standing.may_somewhere(user, capability):
        return True
    return Role.FOCAL_POINT in roles_with(capability) and bool(agencies_of(user))


def require_somewhere(user: Actor, capability: str) -> None:
    """Raise PermissionDenied (403) unless `user` holds `capability` anywhere."""
    if not may_somewhere(user, capability):
        raise PermissionDenied(capability)


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
