"""The demonstration's agencies and their representatives."""

from datetime import date

from desabinaan.accounts.access import Role
from desabinaan.demo.contents import contents, moment
from desabinaan.demo.portal import Portal
from fgd.agencies.models import Agency
from fgd.agencies.services.agencies import confirm_agencies
from fgd.agencies.services.focal_points import appoint


def make_agencies(portal: Portal) -> None:
    """Make and confirm the agencies; five get a focal point with an account."""
    for entry in contents("agencies"):
        agency = Agency.objects.create(
            name=entry["name"],
            short_name=entry["short_name"],
            kind=entry["kind"],
            level=entry["level"],
            office=portal.offices.get(entry["office"]),
            head_name="Pimpinan Contoh",
            hotline=entry["hotline"],
        )
        agency.regions.set(entry["regions"])
        portal.agencies[entry["key"]] = agency
    ids = [agency.pk for agency in portal.agencies.values()]
    confirm_agencies(ids, acting_user=portal.user("admin"))
    portal.agencies = {
        key: Agency.objects.get(pk=row.pk) for key, row in portal.agencies.items()
    }
    _make_focal_points(portal)
    portal.forget_roles()


def _make_focal_points(portal: Portal) -> None:
    for person in contents("people"):
        if person["role"] == Role.FOCAL_POINT:
            since = date.fromisoformat(person["since"])
            appoint(
                portal.user(person["username"]),
                portal.agencies[person["place"]],
                since,
                position="Narahubung",
                acting_user=portal.user("admin"),
                occurred_at=moment(since),
            )
