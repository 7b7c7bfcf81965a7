"""The demonstration's accounts: the one place where code chooses a password."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from desabinaan.accounts.access import Role
from desabinaan.accounts.actions import create_demonstration_account
from desabinaan.accounts.models import User
from fgd.models import FocalPoint
from reports.recap.demonstration.contents import contents
from villages.models import Assignment

ADMINISTRATORS = ("admin", "admin2")


def make_accounts() -> None:
    """Every invented person can sign in, and holds no role yet."""
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
    """User name, role and place of every demonstration account."""
    places = _places()
    for user in User.objects.filter(is_demonstration=True).order_by("pk"):
        held = places.get(user.pk, {})
        roles = [str(Role(code).label) for code in held]
        if user.is_superuser:
            roles.append(_("administrator"))
        names = [name for listed in held.values() for name in listed]
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
