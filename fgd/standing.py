"""For which agencies a user speaks today, read once per request."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Coalesce

from desabinaan.accounts.access import Actor, Role, roles_with
from villages import standing
from villages.standing import in_force

if TYPE_CHECKING:
    from desabinaan.accounts.models import User


class _Voice(NamedTuple):
    """`is_quiet`: not named in the top bar, because it is the office, or merged."""

    agency: int
    name: str
    is_quiet: bool


def agencies_of(user: Actor) -> frozenset[int]:
    """Ids of the agencies `user` speaks for; kept on this user object.

    Those whose focal point he or she is, and the own immigration office where it
    sits at the table as an agency; with each, those that were merged into it.
    """
    return frozenset(row.agency for row in _speaks_for(user))


def agency_names_of(user: Actor) -> tuple[str, ...]:
    """Short names of the agencies whose focal point `user` is, for the top bar."""
    return tuple(row.name for row in _speaks_for(user) if not row.is_quiet)


def may_somewhere(user: Actor, capability: str) -> bool:
    """Whether `user` holds `capability` at any office or village, or for an agency."""
    if standing.may_somewhere(user, capability):
        return True
    return Role.FOCAL_POINT in roles_with(capability) and bool(agencies_of(user))


def require_somewhere(user: Actor, capability: str) -> None:
    """Raise PermissionDenied (403) unless `user` holds `capability` anywhere."""
    if not may_somewhere(user, capability):
        raise PermissionDenied(capability)


def _speaks_for(user: Actor) -> tuple[_Voice, ...]:
    if not user.is_authenticated:
        return ()
    kept: tuple[_Voice, ...] | None = user.__dict__.get("_voices")
    if kept is None:
        kept = user.__dict__["_voices"] = tuple(_read(user))
    return kept


def _read(user: "User") -> Iterator[_Voice]:
    """Each agency comes with those merged into it: their records are its own."""
    agencies = apps.get_model("fgd", "Agency").objects.order_by("short_name")
    here = standing.standing_of(user)
    offices = here.posts.intersection(here.offices("agency.speak_for_office"))
    served = user.focal_points.filter(in_force()).order_by().values("agency")
    heads = Q(head__in=served)
    if offices:
        heads |= Q(head__in=agencies.filter(office_id__in=offices).values("pk"))
    rows = agencies.annotate(head=Coalesce("successor_id", "pk")).filter(heads)
    told = rows.values_list("pk", "short_name", "successor_id", "office_id")
    for pk, name, successor, office in told:
        yield _Voice(pk, name, bool(successor) or office in offices)
