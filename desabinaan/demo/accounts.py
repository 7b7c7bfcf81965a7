"""The demonstration's accounts: the one place where code chooses a password."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.accounts.services import create_demonstration_account
from desabinaan.demo.contents import contents
from fgd.agencies.models import FocalPoint
from villages.register.models import Assignment

ADMINISTRATORS = ("admin", "admin2")


def make_accounts() -> None:
    """Make an account for every invented person, without roles yet."""
    for person in contents("people"):
        highest = person["username"] in ADMINISTRATORS
        create_demonstration_account(
            username=person["username"],
            name=person["name"],
            email=person.get("email", ""),
            is_staff=highest,
            is_superuser=highest,
        )


def accounts_table() -> Iterator[tuple[str, str, str]]:
    """Return user name, role and place of every demonstration account."""
    places = _places()
    for user in User.objects.filter(is_demonstration=True).order_by("pk"):
        places_by_role = places.get(user.pk, {})
        roles = [str(Role(code).label) for code in places_by_role]
        if user.is_superuser:
            roles.append(_("administrator"))
        names = [name for listed in places_by_role.values() for name in listed]
        yield user.username, ", ".join(roles), "; ".join(names)


def _places() -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {}
    assignments = Assignment.objects.in_force().select_related("office", "village")
    for row in assignments.order_by("pk"):
        place = str(row.office or row.village)
        found.setdefault(row.user_id, {}).setdefault(row.role, []).append(place)
    for point in FocalPoint.objects.select_related("agency"):
        roles = found.setdefault(point.user_id, {})
        roles.setdefault(Role.FOCAL_POINT.value, []).append(point.agency.short_name)
    return found
