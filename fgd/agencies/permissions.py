"""Agencies that a user represents today, read once per request."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Coalesce

from desabinaan.accounts.access import Actor, Role, roles_with
from desabinaan.lib.text.folded_columns import Folded
from villages.places import permissions as places_permissions
from villages.places.permissions import in_force

if TYPE_CHECKING:
    from desabinaan.accounts.models import User


class _Representation(NamedTuple):
    """An agency that the user represents.

    `is_quiet`: not named in the top bar, because it is the user's office, or merged.
    """

    agency: int
    name: str
    is_quiet: bool


def agencies_represented_by(user: Actor) -> frozenset[int]:
    """Return ids of the agencies that `user` represents; cached on the user.

    These are agencies whose focal point the user is, and the own immigration office
    if it is an agency itself; and all agencies merged into them.
    """
    return frozenset(row.agency for row in _representations(user))


def agency_names_represented_by(user: Actor) -> tuple[str, ...]:
    """Return short names of the agencies whose focal point `user` is."""
    return tuple(row.name for row in _representations(user) if not row.is_quiet)


def has_capability_anywhere(user: Actor, capability: str) -> bool:
    """Whether `user` holds `capability` at any office or village, or for an agency."""
    if places_permissions.has_capability_anywhere(user, capability):
        return True
    return Role.FOCAL_POINT in roles_with(capability) and bool(
        agencies_represented_by(user)
    )


def require_capability_anywhere(user: Actor, capability: str) -> None:
    """Raise PermissionDenied (403) unless `user` holds `capability` anywhere."""
    if not has_capability_anywhere(user, capability):
        raise PermissionDenied(capability)


def _representations(user: Actor) -> tuple[_Representation, ...]:
    if not user.is_authenticated:
        return ()
    cached: tuple[_Representation, ...] | None = user.__dict__.get("_representations")
    if cached is None:
        cached = user.__dict__["_representations"] = tuple(_read(user))
    return cached


def _read(user: "User") -> Iterator[_Representation]:
    """Yield the agencies and those merged into them."""
    agencies = apps.get_model("agencies", "Agency").objects.order_by(
        Folded("short_name")
    )
    user_roles = places_permissions.roles_for(user)
    offices = user_roles.posts.intersection(
        user_roles.offices("agency.speak_for_office")
    )
    served = user.focal_points.filter(in_force()).order_by().values("agency")
    heads = Q(head__in=served)
    if offices:
        heads |= Q(head__in=agencies.filter(office_id__in=offices).values("pk"))
    rows = agencies.annotate(head=Coalesce("successor_id", "pk")).filter(heads)
    found = rows.values_list("pk", "short_name", "successor_id", "office_id")
    for pk, name, successor, office in found:
        yield _Representation(pk, name, bool(successor) or office in offices)
