"""The agencies that sit at the table, and who speaks for them."""

from datetime import date

from desabinaan.accounts.access import Role
from fgd.actions.agencies import confirm_agencies
from fgd.actions.focal_points import appoint
from fgd.models import Agency
from reports.recap.demonstration.contents import contents, moment
from reports.recap.demonstration.portal import Portal


def make_agencies(portal: Portal) -> None:
    """Every agency is confirmed; five have a focal point with an account."""
    for told in contents("agencies"):
        agency = Agency.objects.create(
            name=told["name"],
            short_name=told["short_name"],
            kind=told["kind"],
            level=told["level"],
            office=portal.offices.get(told["office"]),
            head_name="Pimpinan Contoh",
            hotline=told["hotline"],
        )
        agency.regions.set(told["regions"])
        portal.agencies[told["key"]] = agency
    ids = [agency.pk for agency in portal.agencies.values()]
    confirm_agencies(ids, acting_user=portal.user("admin"))
    portal.agencies = {key: _fresh(row) for key, row in portal.agencies.items()}
    _make_focal_points(portal)
    portal.forget_standings()


def _fresh(agency: Agency) -> Agency:
    return Agency.objects.get(pk=agency.pk)


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
