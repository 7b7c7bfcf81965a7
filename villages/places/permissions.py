"""Roles that a user holds at offices and villages today, read once."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from desabinaan.accounts.access import Actor, Role, roles_with

if TYPE_CHECKING:
    from desabinaan.accounts.models import User


NO_ROLES: frozenset[Role] = frozenset()
PLACE_NAME = Coalesce(
    F("office__short_name"),
    Concat("village__name", Value(", "), "village__district_name"),
)
PLACE_ZONE = Coalesce(F("office__zone"), F("village__office__zone"))


@dataclass(frozen=True, slots=True)
class UserRoles:
    """Roles by place.

    `at_office` holds, for a Kanwil's people, its Kanim too; `at_home_office`
    the offices of the villages where a PIMPASA serves; `posts` the offices
    where an assignment is held directly; `places` the names of what one acts
    for, for the top bar only; `zone` is empty when the offices have several.
    """

    at_office: Mapping[int, Set[Role]]
    at_village: Mapping[int, Set[Role]]
    at_home_office: Mapping[int, Set[Role]]
    posts: frozenset[int]
    places: tuple[str, ...] = ()
    zone: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere: for navigation only, never for permission."""
        role_sets = [*self.at_office.values(), *self.at_village.values()]
        return frozenset().union(*role_sets)

    def offices(self, capability: str) -> list[int]:
        """Ids of the offices whose whole area is open for `capability`."""
        return _places(self.at_office, roles_with(capability))

    def home_offices(self, capability: str) -> list[int]:
        return _places(self.at_home_office, roles_with(capability))

    def own_offices(self, capability: str) -> list[int]:
        """Ids of regional offices where the user does the work of office staff, too.

        See Office.roles_of.
        """
        if Role.OFFICE_STAFF not in roles_with(capability):
            return []
        own = (one for one in self.posts if Role.REGIONAL_STAFF in self.at_office[one])
        return sorted(own)

    def villages(self, capability: str) -> list[int]:
        """Ids of the single villages open for `capability`."""
        return _places(self.at_village, roles_with(capability))


def _places(roles_by_place: Mapping[int, Set[Role]], wanted: Set[Role]) -> list[int]:
    return sorted(place for place, roles in roles_by_place.items() if roles & wanted)


def roles_for(user: Actor) -> UserRoles:
    """Return the user's roles, read by one query and cached on this user object.

    Each request has its own user object, so a change counts from the next request.
    """
    if not user.is_authenticated:
        return NO_USER_ROLES
    cached: UserRoles | None = user.__dict__.get("_roles")
    if cached is None:
        cached = user.__dict__["_roles"] = _read(user)
    return cached


def has_capability_anywhere(user: Actor, capability: str) -> bool:
    """Whether there is any office or village at which `user` holds `capability`.

    It guards pages that list rows; the rows are scoped, and every service checks the
    capability at its own place.
    """
    return bool(roles_for(user).roles & roles_with(capability))


def require_capability_anywhere(user: Actor, capability: str) -> None:
    """Raise PermissionDenied (403) unless `user` holds `capability` anywhere."""
    if not has_capability_anywhere(user, capability):
        raise PermissionDenied(capability)


def in_force(prefix: str = "") -> Q:
    """Assignments that hold today: begun, not ended."""
    today = timezone.localdate()
    return Q(**{f"{prefix}starts_on__lte": today}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": today})
    )


def _read(user: "User") -> UserRoles:
    at_office: dict[int, set[Role]] = defaultdict(set)
    at_village: dict[int, set[Role]] = defaultdict(set)
    at_home: dict[int, set[Role]] = defaultdict(set)
    posts: set[int] = set()
    places: dict[str, None] = {}
    zones: set[str] = set()
    rows = user.assignments.filter(in_force()).values_list(
        "role",
        "office_id",
        "office__branches__id",
        "village_id",
        "village__office_id",
        PLACE_NAME,
        PLACE_ZONE,
    )
    for role_code, office, branch, village, home, name, zone in rows:
        role = Role(role_code)
        places[name] = None
        zones.add(zone)
        if office is not None:
            posts.add(office)
            at_office[office].add(role)
        if branch is not None:
            at_office[branch].add(role)
        if village is not None:
            at_village[village].add(role)
        if role is Role.PIMPASA and home is not None:
            at_home[home].add(role)
    return UserRoles(
        dict(at_office),
        dict(at_village),
        dict(at_home),
        frozenset(posts),
        tuple(places),
        zones.pop() if len(zones) == 1 else "",
    )


NO_USER_ROLES = UserRoles({}, {}, {}, frozenset())
